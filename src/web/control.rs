//! How the class controls a running task, from outside and at any time.
//!
//! The class notes here what it wants, and wakes the task, which looks before its next step. So only the task
//! changes the connection's state, and nobody calls into it while it runs.

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

/// The state in which the class wants the task to be:
///
/// ```text
/// Running ─suspend▸ Suspending ─connection lost▸ Suspended ─resume▸ Running
///                   Suspending ─resume▸ Resuming ─connection lost▸ Running
/// any ─close▸ Closed
/// ```
#[derive(Clone, Copy, Default)]
enum Life {
    #[default]
    Running,
    /// The task has to lose its connection, if it has one, and may make no request after that.
    Suspending,
    /// The task may make no request.
    Suspended,
    /// The task has to lose its connection, if it has one, and may then make requests.
    Resuming,
    Closed,
}

/// Whether the Content-Security-Policy has forbidden the current request.
enum Violation {
    /// Not so far. These bytes are the resource that is requested.
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

    /// Has the task lose its connection, if it has one, and wait until it is resumed.
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
        // Waking calls JavaScript, which may call back: nothing may be borrowed meanwhile.
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Notes that everything read from now on belongs to another response.
    pub(super) fn reset(&self) {
        let reads = self.reads.borrow().upgrade();
        if let Some(reads) = reads {
            reads.reset();
        }
    }

    /// Notes which body is read from now on.
    pub(super) fn read(&self, reads: Weak<Reads>) {
        self.reads.replace(reads);
    }

    /// Notes that a request to this URL follows.
    pub(super) fn request(&self, url: &str) {
        self.violation
            .replace(Violation::None(resource(url).into()));
    }

    /// Notes that the Content-Security-Policy has forbidden a request to this URL, which need not be ours.
    pub(super) fn violate(&self, url: &str) {
        let violation = &mut *self.violation.borrow_mut();
        if matches!(violation, Violation::None(ours) if ours == resource(url)) {
            *violation = Violation::Reported;
        }
    }

    /// Whether the Content-Security-Policy has forbidden the request.
    pub(super) fn is_blocked(&self) -> bool {
        matches!(*self.violation.borrow(), Violation::Reported)
    }

    /// `input`, or a network error as soon as the task has to lose its connection.
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

    /// Waits while the task is suspended. Called only without a connection, so there is none to lose.
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

/// A URL without its fragment, and without its query, which changes if it carries the last event ID.
fn resource(url: &str) -> &[u8] {
    let end = url.bytes().position(|byte| matches!(byte, b'?' | b'#'));
    &url.as_bytes()[..end.unwrap_or(url.len())]
}

/// Runs `task` until it ends or is closed, then drops it with everything it holds. Once it is closed, it takes
/// no further step, no matter what woke it.
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
