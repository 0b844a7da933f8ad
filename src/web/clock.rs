//! The time, the wait before a request, and a time limit for answers that may never come.

use crate::connection::Moment;
use alloc::rc::Rc;
use core::{
    cell::Cell,
    future::{Future, poll_fn},
    pin::pin,
    task::{Poll, Waker},
};
use gloo_timers::callback::Timeout;
use js_sys::{Date, Math};

/// In milliseconds, a little under 25 days. A longer `setTimeout` fires at once.
const LONGEST: u32 = i32::MAX as u32;

pub(super) fn now() -> Moment {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and positive"
    )]
    Moment {
        time: Date::now() as u64,
        random: Math::random(),
    }
}

/// Waits that many milliseconds, or as long as a timer can. Dropping the future clears the timer.
pub(super) async fn wait(milliseconds: u64) {
    let time = u32::try_from(milliseconds).map_or(LONGEST, |time| time.min(LONGEST));
    let timer = Rc::<Timer>::default();
    let _timeout = Timeout::new(time, {
        let timer = timer.clone();
        move || timer.elapse()
    });
    poll_fn(|context| {
        if timer.has_elapsed.get() {
            return Poll::Ready(());
        }
        timer.waker.set(Some(context.waker().clone()));
        Poll::Pending
    })
    .await;
}

#[derive(Default)]
struct Timer {
    has_elapsed: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

impl Timer {
    fn elapse(&self) {
        self.has_elapsed.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// The output of `future`, or `None` if it takes longer than that many milliseconds.
pub(super) async fn within<T>(milliseconds: u64, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timeout) = (pin!(future), pin!(wait(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
    })
    .await
}
