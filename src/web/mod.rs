//! What the class in `js/` calls. Only here is wasm32 needed.

// The code that `#[wasm_bindgen]` generates is unsafe; none of ours is.
#![allow(unsafe_code)]

mod body;
mod closed;
mod request;
mod sys;
mod task;
mod timer;

use alloc::{rc::Rc, string::String};
use closed::{Closed, until_closed};
use request::Request;
use wasm_bindgen::prelude::*;
use web_sys::RequestCredentials;

pub use sys::Sink;

/// A running connection. The class keeps it private: a page that got hold of it could forge its
/// pointer.
#[wasm_bindgen]
pub struct Task(Rc<Closed>);

#[wasm_bindgen]
impl Task {
    /// Starts connecting to `url`, which is absolute, and reports to `sink`, never before this has
    /// returned.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(url: String, with_credentials: bool, sink: Sink) -> Self {
        let request = Request {
            url,
            credentials: if with_credentials {
                RequestCredentials::Include
            } else {
                RequestCredentials::SameOrigin
            },
        };
        let closed = Rc::<Closed>::default();
        wasm_bindgen_futures::spawn_local(until_closed(closed.clone(), task::run(request, sink)));
        Self(closed)
    }

    /// Ends it: no request and no report follows.
    pub fn close(self) {
        self.0.set();
    }
}

#[cfg(debug_assertions)]
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}
