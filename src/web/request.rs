//! The request of an event stream, and what its failure means.

use super::{clock, control::Control, fetch::Fetch, response::Response, sys::Source};
use crate::{cause::Cause, connection::Input, policy::Policy};
use alloc::string::String;
use wasm_bindgen::JsValue;

/// In milliseconds: how long an answer to the question may take whether a server can be reached. It may
/// have to wait for a connection of its own.
const PATIENCE: u64 = 5000;

/// What every request of one EventSource has in common.
pub(super) struct Request {
    source: Source,
    url: String,
    has_answered: bool,
    /// The response to the last one, as long as it is of use.
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
    /// the last event ID where there is one to send.
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

    /// A [request](https://fetch.spec.whatwg.org/#concept-request-current-url) that was redirected goes
    /// to where it was led the next time.
    fn follow(&mut self, response: &Response) {
        self.has_answered = true;
        if response.is_redirected {
            self.url = self.source.without_id(&response.url);
        }
    }

    /// What it means that the request failed. A network may come back; a URL that cannot be fetched stays
    /// one.
    async fn cause(&self, error: JsValue, control: &Control) -> Cause<JsValue> {
        if !self.is_fetchable() {
            return Cause::Unfetchable(error);
        }
        // The page hears of a violation in a task of its own, before or after.
        clock::wait(0).await;
        if control.is_blocked() {
            Cause::Blocked(error)
        } else if self.is_reachable().await {
            Cause::Forbidden(error)
        } else {
            Cause::Network(error)
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

    /// To a page, fetch reports a response that CORS forbids like a network error. A request without CORS
    /// tells them apart: its response is opaque, but it is one. None is made where CORS is not in question.
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
