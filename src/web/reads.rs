//! What has been read from a reader, and the resets in between, in the order in which they happened.

use super::sys::Reader;
use alloc::{rc::Rc, vec::Vec};
use core::{
    cell::{Cell, RefCell},
    future::poll_fn,
    task::{Poll, Waker},
};
use js_sys::Promise;
use wasm_bindgen::{JsValue, closure::Closure};

/// A stream that fails forgets the chunks that nobody has asked for yet. So the next one is always asked
/// for in advance, also while the last is on its way to us.
const AT_ONCE: usize = 2;

pub(super) enum Arrival {
    /// What the reader's promise was fulfilled with.
    Result(JsValue),
    Error(JsValue),
    /// What arrives from now on belongs to another response.
    Reset,
}

/// To be abandoned before it is dropped: the reader's promises refer to it until they are settled.
pub(super) struct Reads {
    reader: Reader,
    /// Two results at most, and the resets between.
    arrived: RefCell<Vec<Arrival>>,
    unsettled: Cell<usize>,
    is_abandoned: Cell<bool>,
    callbacks: Cell<Option<Callbacks>>,
    waker: Cell<Option<Waker>>,
}

/// One pair for all promises: Firefox takes microseconds to make one.
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

    /// What arrives next. Nothing is lost if this future is dropped.
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

    /// A stream that has failed refuses every read, so the last error is the one that counts: in workerd, a
    /// stream that is well refuses a read that does not wait for the one before.
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

    /// The callbacks hold what they are held by, so that they are there as long as a promise needs them.
    fn release(&self) {
        if self.unsettled.get() == 0 {
            drop(self.callbacks.take());
        }
    }
}
