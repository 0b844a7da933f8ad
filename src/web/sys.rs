//! Every raw binding. A page can replace `fetch` and all that it returns, so these may throw or be of
//! another kind than they should: each of their imports is `catch`.

use crate::batch::Batch;
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub(super) type Response;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn status(this: &Response) -> Result<u16, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn url(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn redirected(this: &Response) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn headers(this: &Response) -> Result<Headers, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn body(this: &Response) -> Result<Option<ReadableStream>, JsValue>;

    pub(super) type Headers;
    #[wasm_bindgen(method, structural, catch)]
    pub(super) fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;

    pub(super) type Cancellable;
    #[wasm_bindgen(method, structural, catch)]
    fn cancel(this: &Cancellable) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = Cancellable)]
    pub(super) type ReadableStream;
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &ReadableStream) -> Result<Reader, JsValue>;

    /// A `ReadableStreamDefaultReader`.
    #[wasm_bindgen(extends = Cancellable)]
    pub(super) type Reader;
    #[wasm_bindgen(method, structural, catch)]
    pub(super) fn read(this: &Reader) -> Result<JsValue, JsValue>;

    pub(super) type ArrayBufferView;
    #[wasm_bindgen(method, getter, structural, catch, js_name = BYTES_PER_ELEMENT)]
    pub(super) fn bytes_per_element(this: &ArrayBufferView) -> Result<Option<u32>, JsValue>;

    pub(super) type ReadResult;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn done(this: &ReadResult) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn value(this: &ReadResult) -> Result<JsValue, JsValue>;
}

impl Response {
    /// Cancels the body, if nobody reads it.
    pub(super) fn discard(&self) {
        if let Ok(Some(body)) = self.body() {
            body.discard();
        }
    }
}

impl Cancellable {
    /// Cancels the stream. Whatever comes of it, the page hears of no rejection.
    pub(super) fn discard(&self) {
        if let Ok(cancelled) = self.cancel() {
            drop(JsFuture::from(Promise::resolve(&cancelled)));
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// How to request an event stream: what the page gave, made ready for each attempt.
    pub type Source;

    /// Absolute.
    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &Source) -> String;
    /// Whether a lost connection is reestablished.
    #[wasm_bindgen(method, getter)]
    pub(super) fn reconnects(this: &Source) -> bool;
    /// Requests the event stream from `url`. What it returns may be no promise, and what that resolves
    /// with no response.
    #[wasm_bindgen(method, catch)]
    pub(super) fn send(
        this: &Source,
        url: &str,
        last_event_id: Option<&str>,
        signal: Option<AbortSignal>,
    ) -> Result<JsValue, JsValue>;
    /// Requests `url` without CORS, to learn whether the server can be reached; `undefined` where CORS
    /// cannot be why a request has failed.
    #[wasm_bindgen(method, catch)]
    pub(super) fn probe(
        this: &Source,
        url: &str,
        signal: Option<AbortSignal>,
    ) -> Result<JsValue, JsValue>;
    /// The URL for the next request, where a response came from `url`: without the last event ID.
    #[wasm_bindgen(method, js_name = withoutId)]
    pub(super) fn without_id(this: &Source, url: &str) -> String;
}

#[wasm_bindgen]
extern "C" {
    /// The JavaScript side of a connection. It catches what it calls: none of these throws.
    pub type Sink;

    /// Announce the connection; `url` is the response's.
    #[wasm_bindgen(method)]
    pub(super) fn announce(this: &Sink, url: &str);
    /// Dispatch a batch's events, and take the reconnection time, in milliseconds, if it has changed. Both
    /// slices are valid during the call only. A promise, which is never rejected, asks to wait: the page
    /// is slower than the network.
    #[wasm_bindgen(method)]
    fn deliver(
        this: &Sink,
        text: &[u8],
        table: &[i32],
        reconnection_time: Option<f64>,
    ) -> Option<Promise>;
    /// A chunk has come that completes nothing.
    #[wasm_bindgen(method)]
    pub(super) fn read(this: &Sink);
    /// Reestablish the connection after a `delay` in milliseconds, or fail it where there is none: the
    /// page's part of it. `response` is one that is no event stream, with its `code`. The promise is
    /// fulfilled when the page has been told, never rejected: with whether the page has taken the response.
    #[wasm_bindgen(method)]
    pub(super) fn lose(
        this: &Sink,
        reason: &str,
        message: &str,
        is_silent: bool,
        attempt: u32,
        delay: Option<f64>,
        response: Option<&Response>,
        error: &JsValue,
    ) -> Promise;
}

impl Sink {
    pub(super) fn deliver_batch(&self, batch: &Batch) -> Option<Promise> {
        let reconnection_time = batch.reconnection_time().map(number);
        self.deliver(batch.text(), batch.table(), reconnection_time)
    }
}

#[allow(clippy::cast_precision_loss)]
pub(super) fn number(milliseconds: u64) -> f64 {
    milliseconds as f64
}
