//! The request of an event stream, and what its failure means.

use super::{clock, control::Control, fetch::Fetch, response::Response, sys::Source};
use crate::{cause::Cause, connection::Input, policy::Policy};
use alloc::string::String;
use wasm_bindgen::JsValue;

/// In milliseconds: how long to wait for the answer to a probe, which may have to wait for a connection.
const PATIENCE: u64 = 5000;

/// What every request of one EventSource has in common.
pub(super) struct Request {
    source: Source,
    url: String,
    has_answered: bool,
    /// The response to the last request, as long as it is needed.
    pub(super) response: Option<Response>,
}

impl Request {
    pub(super) fn new(source: Source) -> Self {
        Self {
            url: source.url(),
            has_answered: false,
            response: None,
            source,
        }
    }

    pub(super) fn policy(&self) -> Policy {
        if self.source.reconnects() {
            Policy::Standard
        } else {
            Policy::Never
        }
    }

    /// [The request](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource), with
    /// the last event ID if there is one to send.
    pub(super) async fn send(
        &mut self,
        last_event_id: Option<&str>,
        control: &Control,
    ) -> Input<'_, JsValue> {
        control.request(&self.url);
        match self.fetch(last_event_id).await {
            Ok(response) => {
                self.follow(&response);
                Input::Response(self.response.insert(response).head(), clock::now())
            }
            Err(error) => Input::Failed(self.cause(error, control).await, clock::now()),
        }
    }

    async fn fetch(&self, last_event_id: Option<&str>) -> Result<Response, JsValue> {
        let fetch = Fetch::new()?;
        let fetched = self.source.send(&self.url, last_event_id, fetch.signal())?;
        let response = fetch.response(fetched).await?;
        Response::new(fetch, response)
    }

    /// After a redirect, the next request goes to the last one's [current
    /// URL](https://fetch.spec.whatwg.org/#concept-request-current-url).
    fn follow(&mut self, response: &Response) {
        self.has_answered = true;
        if response.is_redirected {
            self.url = self.source.without_id(&response.url);
        }
    }

    /// Why the request failed. A lost network may come back, but a URL that cannot be fetched stays so.
    async fn cause(&self, error: JsValue, control: &Control) -> Cause<JsValue> {
        if !self.is_fetchable() {
            return Cause::Unfetchable(error);
        }
        // The page is told of a violation in a separate task, which may come before or after the error.
        clock::wait(0).await;
        if control.is_blocked() {
            Cause::Blocked(error)
        } else if self.is_reachable().await {
            Cause::Forbidden(error)
        } else {
            Cause::Network(error)
        }
    }

    /// Whether [scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch) knows the scheme, and the
    /// URL has no user or password.
    fn is_fetchable(&self) -> bool {
        let url = self.url.as_bytes();
        if url.starts_with(b"http:") || url.starts_with(b"https:") {
            // The host begins here, or one byte before if the scheme is `http`. If an `@` comes before the
            // next `/`, what precedes it is a user or a password.
            let end = url
                .iter()
                .skip("https://".len())
                .find(|&byte| matches!(byte, b'/' | b'@'));
            return end != Some(&b'@');
        }
        // One of these that has answered once can fail only because a blob was revoked.
        self.has_answered && (url.starts_with(b"data:") || url.starts_with(b"blob:"))
    }

    /// Whether the server answers the probe.
    ///
    /// Fetch reports a response that CORS forbids like a network error. The probe tells them apart, because it
    /// is a request without CORS: a server that can be reached gives it a response, although an opaque one.
    /// Where CORS cannot be the cause, there is no probe.
    async fn is_reachable(&self) -> bool {
        let probe = async {
            let fetch = Fetch::new()?;
            let fetched = self.source.probe(&self.url, fetch.signal())?;
            fetch.response(fetched).await
        };
        let answer = clock::within(PATIENCE, probe).await;
        matches!(answer, Some(Ok(response)) if response.is_truthy())
    }
}
