//! The wait for the reconnection time.

use gloo_timers::future::TimeoutFuture;

/// In milliseconds, a little under 25 days. A longer `setTimeout` fires at once.
const LONGEST: u32 = i32::MAX as u32;

/// Waits that many milliseconds, at most the longest that a timer can hold. Dropped, it is cleared.
pub(super) fn wait(milliseconds: u64) -> TimeoutFuture {
    TimeoutFuture::new(u32::try_from(milliseconds).map_or(LONGEST, |time| time.min(LONGEST)))
}
