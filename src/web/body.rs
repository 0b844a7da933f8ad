//! The response's body: its bytes, in slices of a size that keeps memory small.

use super::{
    control::Control,
    sys::{ArrayBufferView, ReadResult, ReadableStream, Reader},
};
use crate::connection::Input;
use alloc::vec::Vec;
use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// In bytes. A network chunk can be larger than 1 MB.
const SLICE: u32 = 64 * 1024;
/// A stream that fails forgets the chunks that nobody has asked for yet. So the next is always asked
/// for in advance, also while the last is on its way to us.
const RESPONSE_READS: usize = 2;
/// Whoever resets a stream has to know what has been read of it.
const STREAM_READS: usize = 1;

/// A body that is being read; an empty one to begin with. Dropped, it is cancelled.
#[derive(Default)]
pub(super) struct Body {
    reads: Vec<JsFuture>,
    pub(super) has_read: bool,
    reads_at_once: usize,
    reader: Option<CancelOnDrop>,
    /// What of the network's chunk is left.
    rest: Option<Uint8Array>,
    slice: Vec<u8>,
}

impl Body {
    /// A response without a body has an empty one.
    pub(super) fn of_response(stream: Option<&ReadableStream>) -> Result<Self, JsValue> {
        let reader = stream.map(ReadableStream::get_reader).transpose()?;
        let mut body = reader.map(|reader| Self::new(reader, RESPONSE_READS));
        if let Some(body) = &mut body {
            body.read_ahead()?;
        }
        Ok(body.unwrap_or_default())
    }

    pub(super) fn of_stream(reader: Reader) -> Self {
        Self::new(reader, STREAM_READS)
    }

    fn new(reader: Reader, reads_at_once: usize) -> Self {
        Self {
            reader: Some(CancelOnDrop(reader)),
            reads_at_once,
            ..Self::default()
        }
    }

    pub(super) async fn read(&mut self, control: &Control) -> Input<'_> {
        let chunk = if let Some(rest) = self.rest.take() {
            rest
        } else {
            let chunk = match self.read_chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Input::End,
                Err(_) => return Input::NetworkError,
            };
            if control.take_reset() {
                self.rest = Some(chunk);
                return Input::Reset;
            }
            chunk
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

    async fn read_chunk(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        self.read_ahead()?;
        if self.reads.is_empty() {
            return Ok(None);
        }
        // A stream that has failed refuses every read. In workerd, one that has not refuses those that
        // do not wait for the one before.
        let result: ReadResult = loop {
            match self.reads.remove(0).await {
                Ok(result) => break result.unchecked_into(),
                Err(error) if self.reads.is_empty() => return Err(error),
                Err(_) => {}
            }
        };
        self.has_read = true;
        if result.done()? {
            return Ok(None);
        }
        self.read_ahead()?;
        bytes(result.value()?).map(Some)
    }

    fn read_ahead(&mut self) -> Result<(), JsValue> {
        if let Some(reader) = &self.reader {
            while self.reads.len() < self.reads_at_once {
                let promise = Promise::resolve(&reader.0.read()?);
                self.reads.push(JsFuture::from(promise));
            }
        }
        Ok(())
    }
}

/// Of a chunk, which may come from another realm, whose classes are not ours.
fn bytes(chunk: JsValue) -> Result<Uint8Array, JsValue> {
    let view: ArrayBufferView = chunk.unchecked_into();
    if ArrayBuffer::is_view(&view) && view.bytes_per_element()? == Some(1) {
        Ok(view.unchecked_into())
    } else {
        Err(view.into())
    }
}

struct CancelOnDrop(Reader);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Ok(cancelled) = self.0.cancel() {
            // A future has handled the promise's rejection: the page hears of none.
            drop(JsFuture::from(Promise::resolve(&cancelled)));
        }
    }
}
