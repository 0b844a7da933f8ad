//! `fetch`, and what aborts it.

use super::sys::Response;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal};

/// A fetch, from before it begins. Dropped, it is aborted.
pub(super) struct Fetch(Option<AbortController>);

impl Fetch {
    pub(super) fn new() -> Result<Self, JsValue> {
        AbortController::new().map(Some).map(Self)
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// The response, if `fetched` is what a fetch with this signal returned. It may be no promise: a page
    /// can replace `fetch`.
    pub(super) async fn response(&self, fetched: JsValue) -> Result<Response, JsValue> {
        let promise = Promise::resolve(&fetched);
        let mut late = LateResponse(Some(promise.clone()));
        let result = JsFuture::from(promise).await;
        late.0 = None;
        result.map(JsCast::unchecked_into)
    }

    /// From now on nothing aborts it.
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

/// A response that nobody waits for any more. It can still arrive, because a page's own `fetch` need not
/// listen to its signal.
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
