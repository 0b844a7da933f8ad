//! The parser alone, with the crossings that the class has around it, for the benchmarks.

#![cfg(target_arch = "wasm32")]
// The code that `#[wasm_bindgen]` generates is unsafe; none of ours is.
#![allow(unsafe_code, missing_docs)]

use core::cell::RefCell;
use eventsource_wasm::EventStream;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    pub type Receiver;
    #[wasm_bindgen(method)]
    fn deliver(this: &Receiver, text: &[u8], table: &[i32]);
}

#[wasm_bindgen]
#[derive(Default)]
pub struct Parser(RefCell<EventStream>);

#[wasm_bindgen]
impl Parser {
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn feed(&self, chunk: &Uint8Array, receiver: &Receiver) {
        let chunk = chunk.to_vec();
        if let Some(batch) = self.0.borrow_mut().feed(&chunk) {
            receiver.deliver(batch.text(), batch.table());
        }
    }
}
