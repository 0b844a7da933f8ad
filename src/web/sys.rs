//! Every raw binding. What a page can replace (`fetch`, and all that it returns) may throw or be of
//! another kind than it should, so each of its imports is `catch`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

#[wasm_bindgen]
extern "C" {
    /// The realm's own, looked up anew for every request. What it returns may be no promise.
    #[wasm_bindgen(catch)]
    pub(super) fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Request)]
    pub(super) type RequestClass;
    #[wasm_bindgen(static_method_of = RequestClass, getter, catch)]
    pub(super) fn prototype() -> Result<JsValue, JsValue>;

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

    pub(super) type ReadableStream;
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &ReadableStream) -> Result<Reader, JsValue>;

    /// A `ReadableStreamDefaultReader`.
    pub type Reader;
    #[wasm_bindgen(method, structural, catch)]
    pub(super) fn read(this: &Reader) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    pub(super) fn cancel(this: &Reader) -> Result<JsValue, JsValue>;

    pub(super) type ArrayBufferView;
    #[wasm_bindgen(method, getter, structural, catch, js_name = BYTES_PER_ELEMENT)]
    pub(super) fn bytes_per_element(this: &ArrayBufferView) -> Result<Option<u32>, JsValue>;

    pub(super) type ReadResult;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn done(this: &ReadResult) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(super) fn value(this: &ReadResult) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The JavaScript side of one EventSource. It catches what it calls: none of these throws.
    #[derive(Clone)]
    pub type Sink;

    /// Announce the connection; `url` is the response's.
    #[wasm_bindgen(method)]
    pub(super) fn announce(this: &Sink, url: &str);
    /// Dispatch a batch's events. Both slices are valid during the call only. A promise, which is
    /// never rejected, asks to wait: the page is slower than the network.
    #[wasm_bindgen(method)]
    pub(super) fn deliver(this: &Sink, text: &[u8], table: &[i32]) -> Option<Promise>;
    /// A chunk has come that completes no event.
    #[wasm_bindgen(method)]
    pub(super) fn read(this: &Sink);
    /// Reestablish the connection: the page's part of it. The promise is fulfilled when that is done,
    /// and never rejected.
    #[wasm_bindgen(method)]
    pub(super) fn reestablish(this: &Sink) -> Promise;
    /// The reconnection time has changed; in milliseconds.
    #[wasm_bindgen(method)]
    pub(super) fn retry(this: &Sink, reconnection_time: f64);
    /// Fail the connection; `None`: the server asked for it, so there is nothing to explain.
    #[wasm_bindgen(method)]
    pub(super) fn fail(this: &Sink, reason: Option<&str>);
}
