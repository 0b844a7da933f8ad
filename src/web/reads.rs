//! What a reader has returned, and the resets in between, in the order in which they happened.

use super::sys::Reader;
use alloc::{rc::Rc, vec::Vec};
use core::{
    cell::{Cell, RefCell},
    future::poll_fn,
    task::{Poll, Waker},
};
use js_sys::Promise;
use wasm_bindgen::{JsValue, closure::Closure};

/// A stream that fails discards the chunks that nobody has asked for yet. So the next chunk is always asked for
/// in advance, even while the last one is on its way to us.
const AT_ONCE: usize = 2;

pub(super) enum Arrival {
    /// The value with which the reader's promise was fulfilled.
    Result(JsValue),
    Error(JsValue),
    /// Everything that arrives after this belongs to another response.
    Reset,
}

/// Call `abandon` before you drop it: the reader's promises hold it until they are settled.
pub(super) struct Reads {
    reader: Reader,
    /// At most two results, and the resets between them.
    arrived: RefCell<Vec<Arrival>>,
    unsettled: Cell<usize>,
    is_abandoned: Cell<bool>,
    callbacks: Cell<Option<Callbacks>>,
    waker: Cell<Option<Waker>>,
}

/// One pair for all promises, because Firefox takes microseconds to make one.
struct Callbacks {
    fulfilled: Callback,
    rejected: Callback,
}

type Callback = Closure<dyn FnMut(JsValue)>;

impl Reads {
    pub(super) fn new(reader: Reader) -> Rc<Self> {
        let reads = Rc::new(Self {
            reader,
            arrived: RefCell::default(),
            unsettled: Cell::default(),
            is_abandoned: Cell::default(),
            callbacks: Cell::default(),
            waker: Cell::default(),
        });
        let callback = |arrival: fn(JsValue) -> Arrival| -> Callback {
            let reads = reads.clone();
            Closure::new(move |value| reads.settle(arrival(value)))
        };
        reads.callbacks.set(Some(Callbacks {
            fulfilled: callback(Arrival::Result),
            rejected: callback(Arrival::Error),
        }));
        reads
    }

    /// What arrives next. Dropping this future loses nothing.
    pub(super) async fn next(&self) -> Arrival {
        if let Err(error) = self.read_ahead() {
            return Arrival::Error(error);
        }
        poll_fn(|context| {
            let Some(arrival) = self.take() else {
                self.waker.set(Some(context.waker().clone()));
                return Poll::Pending;
            };
            Poll::Ready(arrival)
        })
        .await
    }

    /// The next arrival. An error counts only if it is the last one, because workerd rejects a read that does
    /// not wait for the one before, even if the stream is well. A stream that has failed rejects every read, so
    /// its error is always last.
    fn take(&self) -> Option<Arrival> {
        let mut arrived = self.arrived.borrow_mut();
        while !arrived.is_empty() {
            let arrival = arrived.remove(0);
            let is_last = arrived.is_empty() && self.unsettled.get() == 0;
            if is_last || !matches!(arrival, Arrival::Error(_)) {
                return Some(arrival);
            }
        }
        None
    }

    pub(super) fn read_ahead(&self) -> Result<(), JsValue> {
        let Some(callbacks) = self.callbacks.take() else {
            return Ok(());
        };
        let mut result = Ok(());
        while result.is_ok() && self.unsettled.get() + self.arrived.borrow().len() < AT_ONCE {
            result = self.reader.read().map(|read| {
                self.unsettled.set(self.unsettled.get() + 1);
                let Callbacks {
                    fulfilled,
                    rejected,
                } = &callbacks;
                drop(Promise::resolve(&read).then2(fulfilled, rejected));
            });
        }
        self.callbacks.set(Some(callbacks));
        result
    }

    fn settle(&self, arrival: Arrival) {
        self.unsettled.set(self.unsettled.get() - 1);
        if self.is_abandoned.get() {
            return self.release();
        }
        self.arrive(arrival);
    }

    pub(super) fn reset(&self) {
        if !matches!(self.arrived.borrow().last(), Some(Arrival::Reset)) {
            self.arrive(Arrival::Reset);
        }
    }

    fn arrive(&self, arrival: Arrival) {
        self.arrived.borrow_mut().push(arrival);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    pub(super) fn abandon(&self) {
        self.is_abandoned.set(true);
        self.arrived.take();
        self.reader.discard();
        self.release();
    }

    /// Drops the callbacks once no promise needs them. They and the `Reads` hold each other, so this is what
    /// frees both.
    fn release(&self) {
        if self.unsettled.get() == 0 {
            drop(self.callbacks.take());
        }
    }
}
