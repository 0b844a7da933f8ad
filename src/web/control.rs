//! What the class asks of a running task, from outside and at any moment.
//!
//! It writes down what it wants and wakes the task, which looks before it takes its next step. So the task
//! alone owns the connection's state, and nothing is ever called back into it.

use super::{clock::now, reads::Reads};
use crate::{cause::Cause, connection::Input};
use alloc::{
    rc::{Rc, Weak},
    vec::Vec,
};
use core::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    task::{Poll, Waker},
};
use wasm_bindgen::JsValue;

/// A task's life, as the class wants it:
///
/// ```text
/// Running ─suspend▸ Suspending ─task has lost it▸ Suspended ─resume▸ Running
///                   Suspending ─resume▸ Resuming ─task has lost it▸ Running
/// any ─close▸ Closed
/// ```
#[derive(Clone, Copy, Default)]
enum Life {
    #[default]
    Running,
    /// The connection, if there is one, is to be lost, and no request may follow.
    Suspending,
    /// No request may follow.
    Suspended,
    /// The connection, if there is one, is to be lost.
    Resuming,
    Closed,
}

/// What the content security policy says about the request.
enum Violation {
    /// Nothing, so far, about this resource.
    None(Vec<u8>),
    Reported,
}

pub(super) struct Control {
    life: Cell<Life>,
    violation: RefCell<Violation>,
    reads: RefCell<Weak<Reads>>,
    waker: Cell<Option<Waker>>,
}

impl Control {
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Self {
            life: Cell::default(),
            violation: RefCell::new(Violation::None(Vec::new())),
            reads: RefCell::default(),
            waker: Cell::default(),
        })
    }

    pub(super) fn close(&self) {
        self.live(Life::Closed);
    }

    /// The connection, if there is one, is lost, and none follows until it is resumed.
    pub(super) fn suspend(&self) {
        self.live(Life::Suspending);
    }

    pub(super) fn resume(&self) {
        self.live(match self.life.get() {
            Life::Suspending => Life::Resuming,
            Life::Suspended => Life::Running,
            other => other,
        });
    }

    fn live(&self, life: Life) {
        self.life.set(life);
        // Waking calls JavaScript: nothing may be borrowed then.
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// What is read from now on belongs to another response.
    pub(super) fn reset(&self) {
        let reads = self.reads.borrow().upgrade();
        if let Some(reads) = reads {
            reads.reset();
        }
    }

    /// This body is read from now on.
    pub(super) fn read(&self, reads: Weak<Reads>) {
        self.reads.replace(reads);
    }

    /// A request to this URL follows.
    pub(super) fn request(&self, url: &str) {
        self.violation
            .replace(Violation::None(resource(url).into()));
    }

    /// The content security policy has forbidden a request to this URL, ours or another's.
    pub(super) fn violate(&self, url: &str) {
        let violation = &mut *self.violation.borrow_mut();
        if matches!(violation, Violation::None(ours) if ours == resource(url)) {
            *violation = Violation::Reported;
        }
    }

    /// Whether the content security policy has forbidden the request.
    pub(super) fn is_blocked(&self) -> bool {
        matches!(*self.violation.borrow(), Violation::Reported)
    }

    /// `input`, or a network error as soon as the connection is to be lost.
    pub(super) async fn or_lost<'a>(
        &self,
        input: impl Future<Output = Input<'a, JsValue>>,
    ) -> Input<'a, JsValue> {
        let mut input = pin!(input);
        poll_fn(|context| {
            if self.is_to_be_lost() {
                return Poll::Ready(Input::Failed(Cause::Network(JsValue::UNDEFINED), now()));
            }
            input.as_mut().poll(context)
        })
        .await
    }

    fn is_to_be_lost(&self) -> bool {
        let then = match self.life.get() {
            Life::Suspending => Life::Suspended,
            Life::Resuming => Life::Running,
            Life::Running | Life::Suspended | Life::Closed => return false,
        };
        self.life.set(then);
        true
    }

    /// There is no connection now that could be lost.
    pub(super) async fn until_resumed(&self) {
        poll_fn(|_| {
            self.is_to_be_lost();
            match self.life.get() {
                Life::Suspended => Poll::Pending,
                _ => Poll::Ready(()),
            }
        })
        .await;
    }
}

/// A URL without its query, which may carry the last event ID or not, and its fragment.
fn resource(url: &str) -> &[u8] {
    let end = url.bytes().position(|byte| matches!(byte, b'?' | b'#'));
    &url.as_bytes()[..end.unwrap_or(url.len())]
}

/// Runs `task` until it ends or is closed; then it is dropped, and with it all that it holds. Whatever has
/// woken it, it does not take a single step after it was closed.
pub(super) async fn until_closed(control: Rc<Control>, task: impl Future<Output = ()>) {
    let mut task = pin!(task);
    poll_fn(|context| {
        if matches!(control.life.get(), Life::Closed) {
            return Poll::Ready(());
        }
        control.waker.set(Some(context.waker().clone()));
        task.as_mut().poll(context)
    })
    .await;
}
