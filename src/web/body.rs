//! The response's body: its bytes, in slices that are small enough to keep memory small.

use super::{
    clock::now,
    reads::{Arrival, Reads},
    sys::{ArrayBufferView, ReadResult, ReadableStream},
};
use crate::{cause::Cause, connection::Input};
use alloc::{
    rc::{Rc, Weak},
    vec::Vec,
};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// In bytes. A network chunk can be larger than 1 MB.
const SLICE: u32 = 64 * 1024;

/// A body that is being read. Dropping it cancels it.
pub(super) struct Body {
    reads: Option<Rc<Reads>>,
    pub(super) has_read: bool,
    /// The part of the network's chunk that has not been returned yet.
    rest: Option<Uint8Array>,
    slice: Vec<u8>,
}

impl Body {
    /// The body of a response. `stream` is missing if the response has no body, which is read as an empty one.
    pub(super) fn of(stream: Option<&ReadableStream>) -> Result<Self, JsValue> {
        let reader = stream.map(ReadableStream::get_reader).transpose()?;
        Ok(Self {
            reads: reader.map(Reads::new),
            has_read: false,
            rest: None,
            slice: Vec::new(),
        })
    }

    /// The reads, for `Control` to reset.
    pub(super) fn reads(&self) -> Weak<Reads> {
        self.reads.as_ref().map(Rc::downgrade).unwrap_or_default()
    }

    /// The next slice, or what happened instead. Dropping this future loses nothing.
    pub(super) async fn read(&mut self) -> Input<'_, JsValue> {
        let chunk = match self.next_chunk().await {
            Ok(chunk) => chunk,
            Err(otherwise) => return otherwise,
        };
        let length = chunk.length();
        self.slice = if length > SLICE {
            self.rest = Some(chunk.subarray(SLICE, length));
            chunk.subarray(0, SLICE).to_vec()
        } else {
            chunk.to_vec()
        };
        Input::Chunk(&self.slice)
    }

    /// The network's next chunk, or what happened instead.
    async fn next_chunk(&mut self) -> Result<Uint8Array, Input<'static, JsValue>> {
        if let Some(rest) = self.rest.take() {
            return Ok(rest);
        }
        let failed = |cause| Input::Failed(cause, now());
        let network = |error| failed(Cause::Network(error));
        let Some(reads) = &self.reads else {
            return Err(failed(Cause::End));
        };
        let result: ReadResult = match reads.next().await {
            Arrival::Result(result) => result.unchecked_into(),
            Arrival::Error(error) => return Err(network(error)),
            Arrival::Reset => return Err(Input::Reset),
        };
        self.has_read = true;
        if result.done().map_err(network)? {
            return Err(failed(Cause::End));
        }
        reads.read_ahead().map_err(network)?;
        result.value().and_then(bytes).map_err(network)
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        if let Some(reads) = &self.reads {
            reads.abandon();
        }
    }
}

/// The chunk's bytes. `instanceof` would not do: a chunk from another realm is not of this realm's classes.
fn bytes(chunk: JsValue) -> Result<Uint8Array, JsValue> {
    let view: ArrayBufferView = chunk.unchecked_into();
    if ArrayBuffer::is_view(&view) && view.bytes_per_element()? == Some(1) {
        Ok(view.unchecked_into())
    } else {
        Err(view.into())
    }
}
