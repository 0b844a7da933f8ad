//! The request of an event stream, and its response.

use super::{
    body::Body,
    sys::{self, fetch},
};
use crate::connection::{Head, Input};
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect,
};

/// What every request of one EventSource has in common.
pub(super) struct Request {
    pub(super) url: String,
    pub(super) credentials: RequestCredentials,
}

/// A response, none to begin with. Dropped, it is aborted.
#[derive(Default)]
pub(super) struct Response {
    status: u16,
    content_type: Option<String>,
    /// After redirects. Empty where the response was not fetched but made by a script.
    pub(super) url: String,
    pub(super) body: Body,
    _abort: Option<AbortOnDrop>,
}

impl Request {
    /// [The request](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource),
    /// with a `Last-Event-ID` header where there is an ID to send.
    pub(super) async fn send(&self, last_event_id: Option<&str>) -> Result<Response, JsValue> {
        let controller = AbortOnDrop(AbortController::new()?);
        let init = RequestInit::new();
        init.set_mode(RequestMode::Cors);
        init.set_redirect(RequestRedirect::Follow);
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(self.credentials);
        init.set_headers_headers(&headers(last_event_id)?);
        init.set_signal(Some(&controller.0.signal()));

        let promise = Promise::resolve(&fetch(&self.url, &init)?);
        let mut late = LateResponse(Some(promise.clone()));
        let result = JsFuture::from(promise).await;
        late.0 = None;
        let response: sys::Response = result?.unchecked_into();
        Ok(Response {
            status: response.status()?,
            content_type: response.headers()?.get("content-type")?,
            url: response.url()?,
            body: Body::new(response.body()?.as_ref())?,
            _abort: Some(controller),
        })
    }

    /// A [request](https://fetch.spec.whatwg.org/#concept-request-current-url) that was redirected
    /// goes to where it was led the next time.
    pub(super) fn follow(&mut self, response: &Response) {
        if !response.url.is_empty() {
            self.url.clone_from(&response.url);
        }
    }

    /// What it means that [`send`](Self::send) failed. Over HTTP it may work the next time; with any
    /// other scheme there is no network that could come back.
    pub(super) fn error(&self) -> Input<'static> {
        if self.url.starts_with("http:") || self.url.starts_with("https:") {
            Input::NetworkError
        } else {
            Input::Unfetchable
        }
    }
}

impl Response {
    pub(super) fn head(&self) -> Input<'_> {
        Input::Response(Head {
            status: self.status,
            content_type: self.content_type.as_deref(),
        })
    }
}

/// `Cache-Control: no-cache` is not among them: the cache mode no-store makes the browser send it,
/// and set by hand it would cost a CORS preflight.
fn headers(last_event_id: Option<&str>) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "text/event-stream")?;
    if let Some(id) = last_event_id {
        // A header's value is bytes; JavaScript writes one character for each.
        let bytes: String = id.bytes().map(char::from).collect();
        headers.set("Last-Event-ID", &bytes)?;
    }
    Ok(headers)
}

/// A response that nobody waits for any more. It may come all the same, since what a page has put in
/// `fetch`'s place need not listen to its signal.
struct LateResponse(Option<Promise>);

impl Drop for LateResponse {
    fn drop(&mut self) {
        if let Some(promise) = self.0.take() {
            spawn_local(async move {
                if let Ok(response) = JsFuture::from(promise).await {
                    let response: sys::Response = response.unchecked_into();
                    drop(response.body().map(|body| Body::new(body.as_ref())));
                }
            });
        }
    }
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
