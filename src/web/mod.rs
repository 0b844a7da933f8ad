//! What the class in `js/` calls. Only here is wasm32 needed.

// The code that `#[wasm_bindgen]` generates is unsafe; none of ours is.
#![allow(unsafe_code)]

mod body;
mod control;
mod request;
mod response;
mod sys;
mod task;
mod timer;

use alloc::{rc::Rc, string::String};
use body::Body;
use control::{Control, until_closed};
use js_sys::Function;
use request::Request;
use task::Source;
use wasm_bindgen::prelude::*;

pub use sys::{Reader, Sink};

/// A running connection. The class keeps it private: a page that got hold of it could forge its
/// pointer.
#[wasm_bindgen]
pub struct Task(Rc<Control>);

#[wasm_bindgen]
impl Task {
    /// Starts connecting to `url`, which is absolute, and reports to `sink`, never before this has
    /// returned. `origin` is the page's, none where there is no CORS. `url_with_id` makes of a URL and
    /// a last event ID the URL that carries it, for servers that take it in no header.
    #[must_use]
    pub fn request(
        url: String,
        origin: &JsValue,
        with_credentials: bool,
        url_with_id: Option<Function>,
        sink: Sink,
    ) -> Self {
        let credentials = if with_credentials {
            "include"
        } else {
            "same-origin"
        };
        let request = Request::new(url, credentials, origin.as_string(), url_with_id);
        Self::start(Source::Request(request), sink)
    }

    /// Starts reading what somebody else has requested.
    #[must_use]
    pub fn read(reader: Reader, sink: Sink) -> Self {
        Self::start(Source::Stream(Body::of_stream(reader)), sink)
    }

    fn start(source: Source, sink: Sink) -> Self {
        let control = Rc::<Control>::default();
        let task = task::run(source, sink, control.clone());
        wasm_bindgen_futures::spawn_local(until_closed(control.clone(), task));
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
