//! The response's body: its bytes, in slices of a size that keeps memory small.

use super::sys::{ReadResult, ReadableStream, Reader};
use crate::connection::Input;
use alloc::vec::Vec;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// In bytes. A network chunk can be larger than 1 MB.
const SLICE: u32 = 64 * 1024;

/// A body that is being read; an empty one to begin with. Dropped, it is cancelled.
#[derive(Default)]
pub(super) struct Body {
    reader: Option<CancelOnDrop>,
    /// The network's chunk, and how much of it has been handed out.
    chunk: Uint8Array,
    position: u32,
    slice: Vec<u8>,
}

impl Body {
    /// A response without a body has an empty one.
    pub(super) fn new(stream: Option<&ReadableStream>) -> Result<Self, JsValue> {
        let reader = stream.map(ReadableStream::get_reader).transpose()?;
        Ok(reader.map(Self::from).unwrap_or_default())
    }

    pub(super) async fn read(&mut self) -> Input<'_> {
        if self.position == self.chunk.length() {
            match self.read_chunk().await {
                Ok(Some(chunk)) => (self.chunk, self.position) = (chunk, 0),
                Ok(None) => return Input::End,
                Err(_) => return Input::NetworkError,
            }
        }
        let end = self.chunk.length().min(self.position + SLICE);
        self.slice = self.chunk.subarray(self.position, end).to_vec();
        self.position = end;
        Input::Chunk(&self.slice)
    }

    async fn read_chunk(&self) -> Result<Option<Uint8Array>, JsValue> {
        let Some(reader) = &self.reader else {
            return Ok(None);
        };
        let result = JsFuture::from(Promise::resolve(&reader.0.read()?)).await?;
        let result: ReadResult = result.unchecked_into();
        if result.done()? {
            return Ok(None);
        }
        result.value()?.dyn_into().map(Some)
    }
}

impl From<Reader> for Body {
    fn from(reader: Reader) -> Self {
        Self {
            reader: Some(CancelOnDrop(reader)),
            ..Self::default()
        }
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
