//! What the class asks of a running task, from outside and at any moment.
//!
//! It sets a flag and wakes the task, which looks at the flags before it takes its next step. So the
//! task alone owns the connection's state, and nothing is ever called back into it.

use crate::connection::Input;
use alloc::{rc::Rc, vec::Vec};
use core::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    task::{Poll, Waker},
};

#[derive(Default)]
pub(super) struct Control {
    is_closed: Cell<bool>,
    is_interrupted: Cell<bool>,
    is_suspended: Cell<bool>,
    is_reset: Cell<bool>,
    /// What is requested, to compare a violation with.
    resource: RefCell<Vec<u8>>,
    is_blocked: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Control {
    pub(super) fn close(&self) {
        self.is_closed.set(true);
        self.wake();
    }

    /// The connection, if there is one, is lost, and none follows until it is resumed.
    pub(super) fn suspend(&self) {
        self.is_suspended.set(true);
        self.is_interrupted.set(true);
        self.wake();
    }

    pub(super) fn resume(&self) {
        self.is_suspended.set(false);
        self.wake();
    }

    /// What is read from now on belongs to another response.
    pub(super) fn reset(&self) {
        self.is_reset.set(true);
    }

    /// The content security policy has forbidden a request to this URL, ours or another's.
    pub(super) fn violate(&self, url: &str) {
        if resource(url) == *self.resource.borrow() {
            self.is_blocked.set(true);
        }
    }

    /// A request to this URL follows.
    pub(super) fn request(&self, url: &str) {
        self.resource.replace(resource(url).into());
        self.is_blocked.set(false);
    }

    pub(super) fn take_interrupt(&self) -> bool {
        self.is_interrupted.take()
    }

    pub(super) fn take_reset(&self) -> bool {
        self.is_reset.take()
    }

    /// Whether the content security policy has forbidden the request.
    pub(super) fn is_blocked(&self) -> bool {
        self.is_blocked.get()
    }

    /// `input`, or a network error as soon as the connection is interrupted.
    pub(super) async fn or_interrupted<'a>(
        &self,
        input: impl Future<Output = Input<'a>>,
    ) -> Input<'a> {
        let mut input = pin!(input);
        poll_fn(|context| {
            if self.take_interrupt() {
                return Poll::Ready(Input::NetworkError);
            }
            input.as_mut().poll(context)
        })
        .await
    }

    pub(super) async fn until_resumed(&self) {
        poll_fn(|_| {
            if self.is_suspended.get() {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
    }

    fn wake(&self) {
        // Waking calls JavaScript: the borrow has to end before it.
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// A URL without its query, which may carry the last event ID or not, and its fragment.
fn resource(url: &str) -> &[u8] {
    let end = url.bytes().position(|byte| matches!(byte, b'?' | b'#'));
    &url.as_bytes()[..end.unwrap_or(url.len())]
}

/// Runs `task` until it ends or is closed; then it is dropped, and with it all that it holds. It does
/// not take a single step after it was closed, whatever has woken it.
pub(super) async fn until_closed(control: Rc<Control>, task: impl Future<Output = ()>) {
    let mut task = pin!(task);
    poll_fn(|context| {
        if control.is_closed.get() {
            return Poll::Ready(());
        }
        control.waker.replace(Some(context.waker().clone()));
        task.as_mut().poll(context)
    })
    .await;
}
