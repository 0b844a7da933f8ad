//! `fetch`, and what aborts it.

use super::sys::Response;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal};

/// A fetch, which need not have begun. Dropping it aborts it.
pub(super) struct Fetch(Option<AbortController>);

impl Fetch {
    pub(super) fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Some).map(Self)
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// The response. `fetched` is what a `fetch` with this signal returned. It may be something other than a
    /// promise, because a page can replace `fetch`.
    pub(super) async fn response(&self, fetched: JsValue) -> Result<Response, JsValue> {
        let promise = Promise::resolve(&fetched);
        let mut late = LateResponse(Some(promise.clone()));
        let result = JsFuture::from(promise).await;
        late.0 = None;
        result.map(JsCast::unchecked_into)
    }

    /// Drops it without aborting it.
    pub(super) fn leave(mut self) {
        self.0 = None;
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Discards a response that arrives although nobody waits for it any more: a page's own `fetch` may ignore its
/// signal.
struct LateResponse(Option<Promise>);

impl Drop for LateResponse {
    fn drop(&mut self) {
        if let Some(promise) = self.0.take() {
            spawn_local(async move {
                if let Ok(response) = JsFuture::from(promise).await {
                    response.unchecked_ref::<Response>().discard();
                }
            });
        }
    }
}
