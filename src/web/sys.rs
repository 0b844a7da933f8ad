//! Every raw binding. A page can replace `fetch` and everything that it returns, so these objects may throw, or
//! be of another kind than they should. Therefore, each of their imports is `catch`.

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
    /// Cancels the body. If somebody reads it, nothing happens.
    pub(super) fn discard(&self) {
        if let Ok(Some(body)) = self.body() {
            body.discard();
        }
    }
}

impl Cancellable {
    /// Cancels the stream. If that is rejected, the page is not told.
    pub(super) fn discard(&self) {
        if let Ok(cancelled) = self.cancel() {
            drop(JsFuture::from(Promise::resolve(&cancelled)));
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// How to request an event stream. It prepares each attempt.
    pub type Source;

    /// The absolute URL of the event stream.
    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &Source) -> String;
    /// Whether a lost connection is reestablished.
    #[wasm_bindgen(method, getter)]
    pub(super) fn reconnects(this: &Source) -> bool;
    /// Requests the event stream from `url`. The page may have replaced `fetch`, so the result need not be a
    /// promise, and a promise need not resolve with a response.
    #[wasm_bindgen(method, catch)]
    pub(super) fn send(
        this: &Source,
        url: &str,
        last_event_id: Option<&str>,
        signal: Option<AbortSignal>,
    ) -> Result<JsValue, JsValue>;
    /// Makes the probe: requests `url` without CORS, to find out whether the server can be reached. Returns
    /// `undefined` if CORS cannot be why the request failed.
    #[wasm_bindgen(method, catch)]
    pub(super) fn probe(
        this: &Source,
        url: &str,
        signal: Option<AbortSignal>,
    ) -> Result<JsValue, JsValue>;
    /// The URL for the next request after a response from `url`, without the last event ID.
    #[wasm_bindgen(method, js_name = withoutId)]
    pub(super) fn without_id(this: &Source, url: &str) -> String;
}

#[wasm_bindgen]
extern "C" {
    /// The JavaScript side of a connection. None of its methods throws.
    pub type Sink;

    /// Announces the connection. `url` is the response's.
    #[wasm_bindgen(method)]
    pub(super) fn announce(this: &Sink, url: &str);
    /// Dispatches a batch's events, and takes the reconnection time, in milliseconds, if the chunk has set it.
    /// Both slices are valid only during the call. If it returns a promise, the page is slower than the
    /// network: wait until the promise is fulfilled. It is never rejected.
    #[wasm_bindgen(method)]
    fn deliver(
        this: &Sink,
        text: &[u8],
        table: &[i32],
        reconnection_time: Option<f64>,
    ) -> Option<Promise>;
    /// Is told that a chunk has come that completes nothing.
    #[wasm_bindgen(method)]
    pub(super) fn read(this: &Sink);
    /// Tells the page that the connection is lost, or that it has failed. `delay` is the time until the next
    /// request, in milliseconds; without it, the connection has failed. `response` is the one that was refused.
    /// When the page has been told, the promise is fulfilled with whether the page has taken the response. It
    /// is never rejected.
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
