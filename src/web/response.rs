//! The response to a request.

use super::{
    body::Body,
    request::{AbortOnDrop, Fetched},
    sys, timer,
};
use crate::connection::{Head, Input};
use alloc::string::String;
use core::mem;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

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
    // Dropped in this order: Firefox closes a connection surely only if it is aborted first.
    abort: Option<AbortOnDrop>,
    pub(super) body: Body,
}

impl Response {
    pub(super) fn new((response, abort): Fetched) -> Result<Self, JsValue> {
        Ok(Self {
            status: response.status()?,
            content_type: response.headers()?.get("content-type")?.as_string(),
            url: response.url()?.as_string().ok_or(JsValue::UNDEFINED)?,
            is_redirected: response.redirected()?,
            body: body(&response)?,
            abort: Some(abort),
        })
    }

    /// One that somebody else has requested.
    pub(super) fn from_body(body: Body) -> Self {
        let mut response = Self::default();
        response.body = body;
        response
    }

    pub(super) fn head(&self) -> Input<'_> {
        Input::Response(Head {
            status: self.status,
            content_type: self.content_type.as_deref(),
        })
    }
}

/// A fetch that is aborted in the moment in which it answers may leave its connection open for good, in
/// Firefox's dedicated workers; not one of which a byte has been read.
impl Drop for Response {
    fn drop(&mut self) {
        let Some(abort) = self.abort.take_if(|_| !self.body.has_read) else {
            return;
        };
        let body = mem::take(&mut self.body);
        spawn_local(async move {
            timer::wait(GRACE).await;
            drop((abort, body));
        });
    }
}

pub(super) fn body(response: &sys::Response) -> Result<Body, JsValue> {
    Body::of_response(response.body()?.as_ref())
}
