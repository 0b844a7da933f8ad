//! The event stream's parser on its own, for streams that need no connection.

use super::sys::Sink;
use crate::event_stream::EventStream;
use core::cell::RefCell;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// Parses an event stream whose bytes the caller reads.
#[wasm_bindgen]
#[derive(Default)]
pub struct Parser(RefCell<EventStream>);

#[wasm_bindgen]
impl Parser {
    /// A parser at the start of a stream.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses the next bytes, and delivers the events that they complete to `sink`.
    pub fn feed(&self, chunk: &Uint8Array, sink: &Sink) {
        let batch = self.0.borrow_mut().feed(&chunk.to_vec());
        if let Some(batch) = batch {
            sink.deliver_batch(&batch);
        }
    }
}
