//! The events of one chunk, laid out so that JavaScript gets all of them with one decode and one table.
//!
//! `text` holds the data, the type and the last event ID of one event after the other. `table` says where
//! each of them ends, in UTF-16 code units, because that is how JavaScript cuts strings. The data of the
//! event that is still being read grows in place, after the complete events. So it is copied only once,
//! from the network's chunk, and needs no second buffer.

use alloc::{string::String, vec::Vec};
use core::{mem, str};

/// In [`Batch::table`], in the column of the last event ID: it is the same as in the row before.
const SAME_ID: i32 = -1;
/// In [`Batch::table`], in the column of the data: there is no event, only a new last event ID.
const NO_EVENT: i32 = -1;
const COLUMNS: usize = 3;

/// One event of an event stream, as it is dispatched.
///
/// [Interpreting an event stream](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Event<'a> {
    /// The event's type: the value of its last `event` field, or `message` if that is empty or missing.
    pub event_type: &'a str,
    /// The values of its `data` fields, joined by LF.
    pub data: &'a str,
    /// The last event ID string when the event was dispatched. Empty if the stream has set none.
    pub last_event_id: &'a str,
}

/// What one chunk of an event stream has completed:
///
/// - its events,
/// - the last event IDs that it set without an event,
/// - the reconnection time, if it set that.
///
/// Rust code uses [`events`](Self::events), which iterates over the events.
#[derive(Clone, Debug)]
pub struct Batch {
    text: Vec<u8>,
    table: Vec<i32>,
    /// The last event ID of the first row. An earlier batch may have set it.
    first_id: String,
    reconnection_time: Option<u64>,
}

impl Batch {
    /// All strings of all events, one after the other, as well-formed UTF-8.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where the strings end in [`text`](Self::text), counted in UTF-16 code units.
    ///
    /// Each row is three numbers: the ends of an event's data, of its type and of its last event ID.
    /// Each string begins where the one before it ends.
    ///
    /// - An empty type means `message`.
    /// - −1 for the last event ID: it is the same as in the row before, which may be in an earlier
    ///   batch. Before the first row of all, it is empty.
    /// - −1 for the data: there is no event. A blank line has set the last event ID and nothing else.
    #[must_use]
    pub fn table(&self) -> &[i32] {
        &self.table
    }

    /// The [reconnection time](https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-reconnection-time)
    /// in milliseconds, if the chunk has set it.
    #[must_use]
    pub fn reconnection_time(&self) -> Option<u64> {
        self.reconnection_time
    }

    /// The events, in the order of the stream.
    ///
    /// # Panics
    ///
    /// Never: a batch is well-formed by construction.
    pub fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let mut rest = str::from_utf8(&self.text).expect("a batch is UTF-8");
        let mut start = 0;
        let mut last_event_id = &*self.first_id;
        self.table.chunks_exact(COLUMNS).filter_map(move |row| {
            let mut cut = |end: i32| {
                let (head, tail) = rest.split_at(utf8_len(rest, end - start));
                (rest, start) = (tail, end);
                head
            };
            let data = (row[0] != NO_EVENT).then(|| cut(row[0]));
            let event_type = match cut(row[1]) {
                "" => "message",
                named => named,
            };
            if row[2] != SAME_ID {
                last_event_id = cut(row[2]);
            }
            data.map(|data| Event {
                event_type,
                data,
                last_event_id,
            })
        })
    }
}

/// Batches are equal if their events are equal and they set the same reconnection time.
impl PartialEq for Batch {
    fn eq(&self, other: &Self) -> bool {
        self.reconnection_time == other.reconnection_time && self.events().eq(other.events())
    }
}

impl Eq for Batch {}

/// Builds batches, and holds the data buffer of the event that is being read.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    text: Vec<u8>,
    /// As in a batch, but counted in bytes.
    table: Vec<i32>,
    first_id: String,
    /// How much of the text belongs to complete events, in bytes.
    complete: usize,
    reconnection_time: Option<u64>,
}

impl Builder {
    /// Makes room for the events in `bytes` bytes of a stream.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    pub(crate) fn append_data(&mut self, value: &[u8]) {
        self.text.reserve(value.len() + 1);
        self.text.extend_from_slice(value);
        self.text.push(b'\n');
    }

    pub(crate) fn has_data(&self) -> bool {
        self.pending() > 0
    }

    /// The length of the data buffer, in bytes.
    pub(crate) fn pending(&self) -> usize {
        self.text.len() - self.complete
    }

    /// Forgets the data buffer.
    pub(crate) fn discard_data(&mut self) {
        self.text.truncate(self.complete);
    }

    pub(crate) fn set_reconnection_time(&mut self, milliseconds: u64) {
        self.reconnection_time = Some(milliseconds);
    }

    /// Completes the event in the data buffer, if there is one. `is_new_id` says that the last event ID
    /// differs from that of the row before.
    pub(crate) fn complete(&mut self, event_type: &[u8], last_event_id: &str, is_new_id: bool) {
        if self.table.is_empty() {
            self.first_id.push_str(last_event_id);
        }
        let mut data_end = NO_EVENT;
        if self.has_data() {
            self.text.pop();
            data_end = self.end();
            // An empty copy would take as long as a short one.
            if !event_type.is_empty() {
                self.text.extend_from_slice(event_type);
            }
        }
        let type_end = self.end();
        let mut id_end = SAME_ID;
        if is_new_id {
            self.text.extend_from_slice(last_event_id.as_bytes());
            id_end = self.end();
        }
        self.table.extend([data_end, type_end, id_end]);
        self.complete = self.text.len();
    }

    /// Everything completed since the last call, if there is anything.
    pub(crate) fn take(&mut self) -> Option<Batch> {
        let reconnection_time = self.reconnection_time.take();
        if self.table.is_empty() && reconnection_time.is_none() {
            return None;
        }
        let mut batch = Batch {
            text: self.take_text(),
            table: mem::take(&mut self.table),
            first_id: mem::take(&mut self.first_id),
            reconnection_time,
        };
        if !is_ascii(&batch.text) {
            batch.count_in_utf16();
        }
        Some(batch)
    }

    /// The text of the complete events. If there is none, the data buffer stays where it is: it may be long,
    /// so it is not copied.
    fn take_text(&mut self) -> Vec<u8> {
        if self.complete == 0 {
            return Vec::new();
        }
        let data_buffer = self.text.split_off(mem::take(&mut self.complete));
        mem::replace(&mut self.text, data_buffer)
    }

    fn end(&self) -> i32 {
        i32::try_from(self.text.len()).expect("no chunk is that long")
    }
}

impl Batch {
    /// Turns a text that may be malformed into well-formed UTF-8, and a table in bytes into one in UTF-16
    /// code units.
    fn count_in_utf16(&mut self) {
        let is_well_formed = self.is_well_formed();
        let mut text = String::new();
        let (mut start, mut units) = (0, 0);
        for end in &mut self.table {
            let Ok(string_end) = usize::try_from(*end) else {
                continue;
            };
            let mut string = &self.text[start..string_end];
            if !is_well_formed {
                let before = text.len();
                push_utf8(&mut text, string);
                string = &text.as_bytes()[before..];
            }
            units += utf16_len(string);
            *end = units;
            start = string_end;
        }
        if !is_well_formed {
            self.text = text.into_bytes();
        }
    }

    /// Whether each string is well-formed by itself: none begins inside a character.
    fn is_well_formed(&self) -> bool {
        str::from_utf8(&self.text).is_ok()
            && self
                .table
                .iter()
                .filter_map(|&end| self.text.get(usize::try_from(end).ok()?))
                .all(|byte| byte & 0xC0 != 0x80)
    }
}

/// Looks at a whole vector in each step. The standard library's function looks at one word.
fn is_ascii(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |bits, byte| bits | byte).is_ascii()
}

/// Decodes `bytes`. The standard library's `from_utf8_lossy` does the same, but takes twice the code.
pub(crate) fn push_utf8(text: &mut String, mut bytes: &[u8]) {
    loop {
        let error = match str::from_utf8(bytes) {
            Ok(rest) => return text.push_str(rest),
            Err(error) => error,
        };
        let (valid, malformed) = bytes.split_at(error.valid_up_to());
        text.push_str(str::from_utf8(valid).unwrap_or_default());
        text.push('\u{FFFD}');
        bytes = match error.error_len() {
            Some(length) => &malformed[length..],
            None => return,
        };
    }
}

/// One code unit for each character, and one more for those beyond the Basic Multilingual Plane. It sums
/// 127 bytes at a time, because their sum fits into one byte and a vector holds sixteen of those.
fn utf16_len(string: &[u8]) -> i32 {
    let units = |&byte: &u8| u8::from(byte & 0xC0 != 0x80) + u8::from(byte >= 0xF0);
    let parts = string.chunks(127);
    parts
        .map(|part| i32::from(part.iter().map(units).sum::<u8>()))
        .sum()
}

/// How many bytes the first `utf16_len` code units of `string` have.
fn utf8_len(string: &str, utf16_len: i32) -> usize {
    let mut units = 0;
    string
        .chars()
        .take_while(|char| {
            let before = units;
            units += i32::from(char.len_utf16() == 2) + 1;
            before < utf16_len
        })
        .map(char::len_utf8)
        .sum()
}
