//! The response to a request.

use super::{body::Body, clock, fetch::Fetch, sys};
use crate::connection::Head;
use alloc::string::String;
use core::mem;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// In milliseconds: how long a response without a byte may outlive its use.
const GRACE: u64 = 10;

/// A response, none to begin with. Dropped, it is aborted.
#[derive(Default)]
pub(super) struct Response {
    status: u16,
    content_type: Option<String>,
    /// After redirects. Empty where the response was not fetched but made by a script.
    pub(super) url: String,
    pub(super) is_redirected: bool,
    inner: Option<sys::Response>,
    // Dropped in this order: Firefox closes a connection surely only if it is aborted first.
    fetch: Option<Fetch>,
    pub(super) body: Body,
    is_taken: Option<Promise>,
}

impl Response {
    pub(super) fn new(fetch: Fetch, response: sys::Response) -> Result<Self, JsValue> {
        Ok(Self {
            status: response.status()?,
            content_type: response.headers()?.get("content-type")?.as_string(),
            url: response.url()?.as_string().ok_or(JsValue::UNDEFINED)?,
            is_redirected: response.redirected()?,
            inner: Some(response),
            fetch: Some(fetch),
            body: Body::default(),
            is_taken: None,
        })
    }

    pub(super) fn head(&self) -> Head<'_> {
        Head {
            status: self.status,
            content_type: self.content_type.as_deref(),
        }
    }

    /// Locks the body, to read it.
    pub(super) fn open(&mut self) -> Result<(), JsValue> {
        if let Some(response) = self.inner.take() {
            self.body = Body::of(response.body()?.as_ref())?;
        }
        Ok(())
    }

    /// For the page, unless it is open.
    pub(super) fn inner(&self) -> Option<&sys::Response> {
        self.inner.as_ref()
    }

    /// Unless it is open, it stays until the promise is fulfilled, and is left to the page if that is with
    /// true.
    pub(super) fn give(mut self, is_taken: Promise) {
        self.is_taken = self.inner.is_some().then_some(is_taken);
    }
}

/// A fetch that is aborted in the moment in which it answers may leave its connection open for good, in
/// Firefox's dedicated workers; not one of which a byte has been read. What a page has put in `fetch`'s
/// place need not listen to its signal, so the body is cancelled too.
impl Drop for Response {
    fn drop(&mut self) {
        let Some(fetch) = self.fetch.take_if(|_| !self.body.has_read) else {
            return;
        };
        let body = mem::take(&mut self.body);
        let (inner, is_taken) = (self.inner.take(), self.is_taken.take());
        spawn_local(async move {
            if let Some(is_taken) = is_taken
                && JsFuture::from(is_taken)
                    .await
                    .is_ok_and(|is_taken| is_taken.is_truthy())
            {
                return fetch.leave();
            }
            clock::wait(GRACE).await;
            drop((fetch, body));
            if let Some(response) = inner {
                response.discard();
            }
        });
    }
}
