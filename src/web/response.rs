//! The response to a request.

use super::{body::Body, clock, fetch::Fetch, sys};
use crate::connection::Head;
use alloc::{boxed::Box, string::String};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// In milliseconds: how long a response is kept after its use if no byte of it has been read.
const GRACE: u64 = 10;

/// A response. Dropping it aborts it.
pub(super) struct Response {
    status: u16,
    content_type: Option<String>,
    /// The URL after redirects. Empty if a script made the response.
    pub(super) url: String,
    pub(super) is_redirected: bool,
    live: Option<Box<Live>>,
}

struct Live {
    // Dropped in this order, because Firefox closes a connection reliably only if the fetch is aborted first.
    fetch: Fetch,
    /// Once it has been asked for.
    body: Option<Body>,
    inner: sys::Response,
}

impl Response {
    pub(super) fn new(fetch: Fetch, inner: sys::Response) -> Result<Self, JsValue> {
        Ok(Self {
            status: inner.status()?,
            content_type: inner.headers()?.get("content-type")?.as_string(),
            url: inner.url()?.as_string().ok_or(JsValue::UNDEFINED)?,
            is_redirected: inner.redirected()?,
            live: Some(Box::new(Live {
                fetch,
                body: None,
                inner,
            })),
        })
    }

    pub(super) fn head(&self) -> Head<'_> {
        Head {
            status: self.status,
            content_type: self.content_type.as_deref(),
        }
    }

    /// The body and the URL that it came from. The first call locks the body.
    pub(super) fn body(&mut self) -> Result<(&mut Body, &str), JsValue> {
        let live = self.live.as_mut().ok_or(JsValue::UNDEFINED)?;
        let body = match &mut live.body {
            Some(body) => body,
            closed => closed.insert(Body::of(live.inner.body()?.as_ref())?),
        };
        Ok((body, &self.url))
    }

    /// The platform's response, for the page.
    pub(super) fn inner(&self) -> Option<&sys::Response> {
        self.live.as_ref().map(|live| &live.inner)
    }

    /// Keeps the response until the promise is fulfilled. If that is with true, the response is left to the
    /// page; otherwise, it is aborted.
    pub(super) fn give(mut self, is_taken: Promise) {
        if let Some(live) = self.live.take() {
            live.end(Some(is_taken));
        }
    }
}

impl Drop for Response {
    fn drop(&mut self) {
        if let Some(live) = self.live.take() {
            live.end(None);
        }
    }
}

impl Live {
    /// Aborts the fetch: at once if a byte has been read, or after a while if not. In Firefox's dedicated
    /// workers, a fetch that is aborted while it answers may leave its connection open permanently, unless a
    /// byte has been read. The body is cancelled too, because a page's own `fetch` may ignore its signal.
    fn end(self: Box<Self>, is_taken: Option<Promise>) {
        if self.body.as_ref().is_some_and(|body| body.has_read) {
            return;
        }
        spawn_local(async move {
            if let Some(is_taken) = is_taken
                && let Ok(is_taken) = JsFuture::from(is_taken).await
                && is_taken.is_truthy()
            {
                return self.fetch.leave();
            }
            clock::wait(GRACE).await;
            let Self { fetch, body, inner } = *self;
            drop((fetch, body));
            inner.discard();
        });
    }
}
