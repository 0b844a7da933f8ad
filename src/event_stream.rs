//! Lines to events: the standard's "process the field" and "dispatch the event".
//!
//! The three buffers are the standard's. The data buffer is inside the batch that is being built: when an
//! event is complete, its data is already where it is needed.

use crate::{
    batch::{Batch, Builder, push_utf8},
    line::Lines,
    reconnection::ReconnectionTime,
};
use alloc::{string::String, vec::Vec};
use core::mem;

/// Parses an event stream, fed in chunks of any size, into events.
///
/// It does no I/O and uses no clock. It has no errors, because malformed input is ignored, as the
/// standard says.
///
/// ```
/// use eventsource_wasm::EventStream;
///
/// let mut stream = EventStream::new();
/// assert!(stream.feed(b"id: 7\ndata: over ").is_none());
/// let batch = stream.feed(b"two chunks\n\n").expect("the blank line completes an event");
/// let event = batch.events().next().unwrap();
/// assert_eq!((event.event_type, event.data), ("message", "over two chunks"));
/// assert_eq!(stream.last_event_id(), "7");
/// ```
///
/// [Parsing an event stream](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
#[derive(Debug)]
pub struct EventStream {
    lines: Lines,
    fields: Fields,
}

impl EventStream {
    /// A parser at the start of a stream. The last event ID string is empty, the reconnection time 3000 ms.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lines: Lines::new(),
            fields: Fields::default(),
        }
    }

    /// Parses the next bytes. Returns what they complete, or `None` if they complete nothing.
    ///
    /// # Panics
    ///
    /// If the events of one chunk have 2³¹ bytes or more.
    pub fn feed(&mut self, chunk: &[u8]) -> Option<Batch> {
        self.fields.batch.reserve(chunk.len());
        self.lines.feed(chunk, |line| self.fields.line(line));
        self.fields.batch.take()
    }

    /// Forgets what is incomplete, before the next response. The last event ID string and the
    /// reconnection time stay as they are.
    pub fn restart(&mut self) {
        self.lines = Lines::new();
        self.fields.restart();
    }

    /// How many bytes of an unfinished event are held.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.lines.pending() + self.fields.batch.pending()
    }

    /// The [last event ID string](https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-last-event-id):
    /// the ID as of the last blank line. Empty if the stream has set none.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.fields.last_event_id
    }

    /// The [reconnection time](https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-reconnection-time)
    /// in milliseconds. It is 3000 until a `retry` field sets it; larger values become `u64::MAX`.
    #[must_use]
    pub fn reconnection_time(&self) -> u64 {
        self.fields.reconnection_time.milliseconds()
    }
}

impl Default for EventStream {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug, Default)]
struct Fields {
    batch: Builder,
    event_type_buffer: Vec<u8>,
    /// Valid only if `is_id_set`: an ID was set after the last blank line. Otherwise, the standard's buffer
    /// equals `last_event_id`.
    last_event_id_buffer: String,
    is_id_set: bool,
    last_event_id: String,
    reconnection_time: ReconnectionTime,
}

impl Fields {
    /// [Interpreting an event stream](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation),
    /// one line of it: [process the field](https://html.spec.whatwg.org/multipage/server-sent-events.html#processField).
    fn line(&mut self, line: &[u8]) {
        if line.is_empty() {
            return self.dispatch_the_event();
        }
        if let Some(value) = value_of(b"data", line) {
            self.batch.append_data(value);
        } else if let Some(value) = value_of(b"event", line) {
            self.event_type_buffer.clear();
            self.event_type_buffer.extend_from_slice(value);
        } else if let Some(value) = value_of(b"id", line) {
            if value.iter().all(|&byte| byte != 0) {
                self.last_event_id_buffer.clear();
                push_utf8(&mut self.last_event_id_buffer, value);
                self.is_id_set = true;
            }
        } else if let Some(value) = value_of(b"retry", line)
            && self.reconnection_time.set(value)
        {
            let milliseconds = self.reconnection_time.milliseconds();
            self.batch.set_reconnection_time(milliseconds);
        }
    }

    /// [Dispatch the event](https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage)
    fn dispatch_the_event(&mut self) {
        let is_new_id =
            mem::take(&mut self.is_id_set) && self.last_event_id != self.last_event_id_buffer;
        if is_new_id {
            mem::swap(&mut self.last_event_id, &mut self.last_event_id_buffer);
        }
        if is_new_id || self.batch.has_data() {
            let event_type = &self.event_type_buffer;
            self.batch
                .complete(event_type, &self.last_event_id, is_new_id);
        }
        self.event_type_buffer.clear();
    }

    fn restart(&mut self) {
        self.batch.discard_data();
        self.event_type_buffer.clear();
        self.is_id_set = false;
    }
}

/// The value of the line's field, if the field has this name. It looks only at what follows the name, so it
/// need not search for a colon.
fn value_of<'a>(name: &[u8], line: &'a [u8]) -> Option<&'a [u8]> {
    match line.strip_prefix(name)? {
        [] => Some(b""),
        [b':', b' ', value @ ..] | [b':', value @ ..] => Some(value),
        _ => None,
    }
}
