//! Ends a task from outside, for good.

use alloc::rc::Rc;
use core::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    task::{Poll, Waker},
};

/// Whether the EventSource is closed, and whom to wake when it is.
#[derive(Default)]
pub(super) struct Closed {
    is_set: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Closed {
    pub(super) fn set(&self) {
        self.is_set.set(true);
        // Waking calls JavaScript: the borrow has to end before it.
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Runs `task` until it ends or `closed` is set; then it is dropped, and with it all that it holds.
/// It does not run a single step after `closed` is set, whatever has woken it.
pub(super) async fn until_closed(closed: Rc<Closed>, task: impl Future<Output = ()>) {
    let mut task = pin!(task);
    poll_fn(|context| {
        if closed.is_set.get() {
            return Poll::Ready(());
        }
        closed.waker.replace(Some(context.waker().clone()));
        task.as_mut().poll(context)
    })
    .await;
}
