//! What the class in `js/` calls. Only here is wasm32 needed.

// The code that `#[wasm_bindgen]` generates is unsafe; none of ours is.
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

/// A running connection. The class keeps it private: a page that got hold of it could forge its
/// pointer.
#[wasm_bindgen]
pub struct Task(Rc<Control>);

#[wasm_bindgen]
impl Task {
    /// Starts connecting to `source`, and reports to `sink`, never before this has returned.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(source: Source, sink: Sink) -> Self {
        let control = Control::new();
        let task = task::run(Request::new(source), sink, control.clone());
        spawn_local(until_closed(control.clone(), task));
        Self(control)
    }

    /// Forgets what is incomplete: what is read from now on belongs to another response.
    pub fn reset(&self) {
        self.0.reset();
    }

    /// Loses the connection, if there is one, to have it reestablished when it is resumed.
    pub fn suspend(&self) {
        self.0.suspend();
    }

    /// Ends the suspension.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// The page's content security policy has forbidden a request to `url`, whoever made it.
    pub fn violate(&self, url: &str) {
        self.0.violate(url);
    }

    /// Ends it: no request and no report follows.
    pub fn close(self) {
        self.0.close();
    }
}

#[cfg(debug_assertions)]
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// A third of the standard library's in size.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
