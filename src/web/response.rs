//! The response to a request.

use super::{
    body::Body,
    request::{AbortOnDrop, Fetched},
    sys,
};
use crate::connection::{Head, Input};
use alloc::string::String;
use wasm_bindgen::JsValue;

/// A response, none to begin with. Dropped, it is aborted.
#[derive(Default)]
pub(super) struct Response {
    status: u16,
    content_type: Option<String>,
    /// After redirects. Empty where the response was not fetched but made by a script.
    pub(super) url: String,
    pub(super) is_redirected: bool,
    // Dropped in this order: Firefox closes a connection surely only if it is aborted first.
    _abort: Option<AbortOnDrop>,
    pub(super) body: Body,
}

impl Response {
    pub(super) fn new((response, abort): Fetched) -> Result<Self, JsValue> {
        Ok(Self {
            status: response.status()?,
            content_type: response.headers()?.get("content-type")?,
            url: response.url()?,
            is_redirected: response.redirected()?,
            body: body(&response)?,
            _abort: Some(abort),
        })
    }

    /// One that somebody else has requested.
    pub(super) fn from_body(body: Body) -> Self {
        Self {
            body,
            ..Self::default()
        }
    }

    pub(super) fn head(&self) -> Input<'_> {
        Input::Response(Head {
            status: self.status,
            content_type: self.content_type.as_deref(),
        })
    }
}

pub(super) fn body(response: &sys::Response) -> Result<Body, JsValue> {
    Body::of_response(response.body()?.as_ref())
}
