//! The response to a request.

use super::{body::Body, clock, fetch::Fetch, sys};
use crate::connection::Head;
use alloc::{boxed::Box, string::String};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// In milliseconds: how long a response without a byte may outlive its use.
const GRACE: u64 = 10;

/// A response. Dropped, it is aborted.
pub(super) struct Response {
    status: u16,
    content_type: Option<String>,
    /// After redirects. Empty where the response was not fetched but made by a script.
    pub(super) url: String,
    pub(super) is_redirected: bool,
    live: Option<Box<Live>>,
}

struct Live {
    // Dropped in this order: Firefox closes a connection surely only if it is aborted first.
    fetch: Fetch,
    body: Body,
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
                body: Body::default(),
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

    /// The body, which is locked when this is first asked, and the URL that it came from.
    pub(super) fn body(&mut self) -> Result<(&mut Body, &str), JsValue> {
        let live = self.live.as_mut().ok_or(JsValue::UNDEFINED)?;
        if !live.body.is_open {
            live.body = Body::of(live.inner.body()?.as_ref())?;
        }
        Ok((&mut live.body, &self.url))
    }

    /// For the page, if nobody has asked for the body.
    pub(super) fn inner(&self) -> Option<&sys::Response> {
        let live = self.live.as_ref()?;
        (!live.body.is_open).then_some(&live.inner)
    }

    /// It stays until the promise is fulfilled, and is left to the page if that is with true.
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
    /// A fetch that is aborted in the moment in which it answers may leave its connection open for good, in
    /// Firefox's dedicated workers; not one of which a byte has been read. What a page has put in `fetch`'s
    /// place need not listen to its signal, so the body is cancelled too.
    fn end(self: Box<Self>, is_taken: Option<Promise>) {
        if self.body.has_read {
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
