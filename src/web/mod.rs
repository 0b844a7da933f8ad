//! What the class in `js/` calls. Only this module needs wasm32.

// `#[wasm_bindgen]` generates unsafe code. We write none.
#![allow(unsafe_code)]

mod body;
mod clock;
mod control;
mod fetch;
mod parser;
mod reads;
mod request;
mod response;
mod sys;
mod task;

use alloc::rc::Rc;
use control::{Control, until_closed};
use request::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

pub use parser::Parser;
pub use sys::{Sink, Source};

/// A running connection. The class keeps it private, because a page that had it could forge its pointer.
#[wasm_bindgen]
pub struct Task(Rc<Control>);

#[wasm_bindgen]
impl Task {
    /// Starts connecting to `source`. Reports to `sink`, but never before this function has returned.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(source: Source, sink: Sink) -> Self {
        let control = Control::new();
        let task = task::run(Request::new(source), sink, control.clone());
        spawn_local(until_closed(control.clone(), task));
        Self(control)
    }

    /// Forgets what is incomplete, because everything read from now on belongs to another response.
    pub fn reset(&self) {
        self.0.reset();
    }

    /// Loses the connection, if there is one, and makes no request until [`resume`](Self::resume).
    pub fn suspend(&self) {
        self.0.suspend();
    }

    /// Ends the suspension. The lost connection is reestablished.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// Tells the task that the page's Content-Security-Policy has forbidden a request to `url`, which need not
    /// be the task's.
    pub fn violate(&self, url: &str) {
        self.0.violate(url);
    }

    /// Ends the task. After that, it makes no request and no report.
    pub fn close(self) {
        self.0.close();
    }
}

#[cfg(debug_assertions)]
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

// It takes a third of the bytes of the standard library's allocator.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
