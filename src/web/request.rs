//! The request of an event stream.

use super::{response::Response, sys};
use crate::connection::Input;
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Url,
};

/// What every request of one EventSource has in common.
pub(super) struct Request {
    pub(super) url: String,
    pub(super) credentials: RequestCredentials,
    /// The page's; none where there is no CORS.
    pub(super) origin: Option<String>,
    /// Where in the URL the last event ID goes, instead of into a header.
    pub(super) last_event_id_parameter: Option<String>,
}

impl Request {
    /// [The request](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource),
    /// with the last event ID where there is one to send.
    pub(super) async fn send(&self, last_event_id: Option<&str>) -> Result<Response, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "text/event-stream")?;
        let mut url = self.url.clone();
        match (last_event_id, &self.last_event_id_parameter) {
            (None, _) => {}
            (Some(id), Some(parameter)) => {
                let with_id = Url::new(&url)?;
                with_id.search_params().set(parameter, id);
                url = with_id.href();
            }
            (Some(id), None) => {
                // A header's value is bytes; JavaScript writes one character for each.
                let bytes: String = id.bytes().map(char::from).collect();
                headers.set("Last-Event-ID", &bytes)?;
            }
        }
        // The cache mode makes the browser send `Cache-Control: no-cache`; set by hand, that header
        // would cost a CORS preflight.
        let init = init(RequestMode::Cors, self.credentials);
        init.set_headers_headers(&headers);
        Response::new(fetch(&url, &init).await?)
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
    pub(super) async fn error(&self) -> Input<'static> {
        if !self.url.starts_with("http:") && !self.url.starts_with("https:") {
            Input::Unfetchable
        } else if self.is_cross_origin() && self.is_reachable().await {
            Input::Forbidden
        } else {
            Input::NetworkError
        }
    }

    fn is_cross_origin(&self) -> bool {
        self.origin.as_ref().is_some_and(|origin| {
            let path = self.url.strip_prefix(origin.as_str());
            !path.is_some_and(|path| path.starts_with('/'))
        })
    }

    /// To a page, fetch reports a response that CORS forbids like a network error. A request without
    /// CORS tells them apart: its response is opaque, but it is one. HEAD, so that the server sends no
    /// stream; without credentials, so that it does nothing in the user's name.
    async fn is_reachable(&self) -> bool {
        let probe = async {
            let init = init(RequestMode::NoCors, RequestCredentials::Omit);
            init.set_method("HEAD");
            fetch(&self.url, &init).await
        };
        probe.await.is_ok()
    }
}

/// A response and what aborts it.
pub(super) type Fetched = (sys::Response, AbortOnDrop);

fn init(mode: RequestMode, credentials: RequestCredentials) -> RequestInit {
    let init = RequestInit::new();
    init.set_mode(mode);
    init.set_redirect(RequestRedirect::Follow);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(credentials);
    init
}

async fn fetch(url: &str, init: &RequestInit) -> Result<Fetched, JsValue> {
    let controller = AbortOnDrop(AbortController::new()?);
    init.set_signal(Some(&controller.0.signal()));
    let promise = Promise::resolve(&sys::fetch(url, init)?);
    let mut late = LateResponse(Some(promise.clone()));
    let result = JsFuture::from(promise).await;
    late.0 = None;
    Ok((result?.unchecked_into(), controller))
}

pub(super) struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A response that nobody waits for any more. It may come all the same, since what a page has put in
/// `fetch`'s place need not listen to its signal.
struct LateResponse(Option<Promise>);

impl Drop for LateResponse {
    fn drop(&mut self) {
        if let Some(promise) = self.0.take() {
            spawn_local(async move {
                if let Ok(response) = JsFuture::from(promise).await {
                    drop(super::response::body(response.unchecked_ref()));
                }
            });
        }
    }
}
