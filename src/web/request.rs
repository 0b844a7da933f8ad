//! The request of an event stream.

use super::{
    control::Control,
    response::{self, Response},
    sys, timer,
};
use crate::connection::Input;
use alloc::string::String;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, RequestInit};

/// In milliseconds: how long an answer to the question may take whether a server can be reached. It may
/// have to wait for a connection of its own.
const PATIENCE: u64 = 5000;

/// What every request of one EventSource has in common.
pub(super) struct Request {
    url: String,
    credentials: &'static str,
    /// The page's; none where there is no CORS.
    origin: Option<String>,
    /// Makes of a URL and a last event ID, or none, the URL that carries it; else a header does.
    url_with_id: Option<Function>,
    has_answered: bool,
}

impl Request {
    pub(super) fn new(
        url: String,
        credentials: &'static str,
        origin: Option<String>,
        url_with_id: Option<Function>,
    ) -> Self {
        Self {
            url,
            credentials,
            origin,
            url_with_id,
            has_answered: false,
        }
    }

    /// [The request](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource),
    /// with the last event ID where there is one to send.
    pub(super) async fn send(
        &self,
        last_event_id: Option<&str>,
        control: &Control,
    ) -> Result<Response, JsValue> {
        control.request(&self.url);
        let headers = Headers::new()?;
        headers.set("Accept", "text/event-stream")?;
        let mut url = self.url.clone();
        if let Some(id) = last_event_id {
            if let Some(with_id) = self.url_with_id(Some(id))? {
                url = with_id;
            } else {
                // A header's value is bytes; JavaScript writes one character for each. Where any
                // character can be written, as in workerd, it is encoded later.
                let mut bytes = String::new();
                for byte in id.bytes() {
                    bytes.push(char::from(byte));
                }
                let is_encoded = headers.set("Last-Event-ID", "\u{100}").is_ok();
                headers.set("Last-Event-ID", if is_encoded { id } else { &bytes })?;
            }
        }
        // The cache mode makes the browser send `Cache-Control: no-cache`; set by hand, that header
        // would cost a CORS preflight.
        let init = init("cors", self.credentials);
        init.set_headers_headers(&headers);
        Response::new(fetch(&url, &init).await?)
    }

    /// A [request](https://fetch.spec.whatwg.org/#concept-request-current-url) that was redirected
    /// goes to where it was led the next time.
    pub(super) fn follow(&mut self, response: &Response) {
        self.has_answered = true;
        if response.is_redirected {
            self.url.clone_from(&response.url);
            // The page's own parameter of that name, if there is one, has been replaced before.
            if let Ok(Some(url)) = self.url_with_id(None) {
                self.url = url;
            }
        }
    }

    /// `None` where the ID is not to be in the URL.
    fn url_with_id(&self, last_event_id: Option<&str>) -> Result<Option<String>, JsValue> {
        let Some(function) = &self.url_with_id else {
            return Ok(None);
        };
        let url = function.call2(&JsValue::NULL, &(&*self.url).into(), &last_event_id.into())?;
        Ok(url.as_string())
    }

    /// What it means that [`send`](Self::send) failed. A network may come back; a URL that cannot be
    /// fetched stays one.
    pub(super) async fn error(&self, control: &Control) -> Input<'static> {
        if !self.is_fetchable() {
            return Input::Unfetchable;
        }
        // The page hears of a violation in a task of its own, before or after.
        timer::wait(0).await;
        if control.is_blocked() {
            Input::Blocked
        } else if self.is_cross_origin() && self.is_reachable().await {
            Input::Forbidden
        } else {
            Input::NetworkError
        }
    }

    /// [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch), and no user or password.
    fn is_fetchable(&self) -> bool {
        let url = self.url.as_bytes();
        if url.starts_with(b"http:") || url.starts_with(b"https:") {
            // The host begins there or one byte before, and an `@` ends what stands before the host.
            let end = url
                .iter()
                .skip("https://".len())
                .find(|&byte| matches!(byte, b'/' | b'@'));
            return end != Some(&b'@');
        }
        // Nothing about these can change but that a blob is revoked.
        self.has_answered && (url.starts_with(b"data:") || url.starts_with(b"blob:"))
    }

    fn is_cross_origin(&self) -> bool {
        self.url.starts_with("http")
            && self.origin.as_ref().is_some_and(|origin| {
                let path = self.url.strip_prefix(origin.as_str());
                !path.is_some_and(|path| path.starts_with('/'))
            })
    }

    /// To a page, fetch reports a response that CORS forbids like a network error. A request without
    /// CORS tells them apart: its response is opaque, but it is one. HEAD, so that the server sends no
    /// stream; without credentials, so that it does nothing in the user's name.
    async fn is_reachable(&self) -> bool {
        let probe = async {
            let init = init("no-cors", "omit");
            init.set_method("HEAD");
            fetch(&self.url, &init).await
        };
        matches!(timer::within(PATIENCE, probe).await, Some(Ok(_)))
    }
}

/// A response and what aborts it.
pub(super) type Fetched = (sys::Response, AbortOnDrop);

/// What a request and the question have in common.
fn init(mode: &str, credentials: &str) -> RequestInit {
    let init = RequestInit::new();
    if let Ok(prototype) = sys::RequestClass::prototype() {
        set(&init, &prototype, "redirect", "follow");
        set(&init, &prototype, "mode", mode);
        set(&init, &prototype, "cache", "no-store");
        set(&init, &prototype, "credentials", credentials);
    }
    init
}

/// A runtime may refuse what its requests have not: workerd, by its date, the cache mode.
fn set(init: &RequestInit, prototype: &JsValue, name: &str, value: &str) {
    let name = name.into();
    if Reflect::has(prototype, &name) == Ok(true) {
        let _ = Reflect::set(init, &name, &value.into());
    }
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
                    drop(response::body(response.unchecked_ref()));
                }
            });
        }
    }
}
