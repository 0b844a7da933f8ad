//! The wait for the reconnection time, and for what may never come.

use core::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};
use gloo_timers::future::TimeoutFuture;

/// In milliseconds, a little under 25 days. A longer `setTimeout` fires at once.
const LONGEST: u32 = i32::MAX as u32;

/// Waits that many milliseconds, at most the longest that a timer can hold. Dropped, it is cleared.
pub(super) fn wait(milliseconds: u64) -> TimeoutFuture {
    TimeoutFuture::new(u32::try_from(milliseconds).map_or(LONGEST, |time| time.min(LONGEST)))
}

/// What comes of `future` if that is within so many milliseconds.
pub(super) async fn within<T>(milliseconds: u64, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timeout) = (pin!(future), pin!(wait(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
    })
    .await
}
