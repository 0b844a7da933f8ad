//! The implementation, fed in chunks, in the oracle's terms; every batch is also read as JavaScript
//! reads it.

use crate::standard::{Event, Outcome};
use eventsource_wasm::{Batch, EventStream};

/// A stream and all the events that it has given.
pub(crate) struct Fed {
    stream: EventStream,
    events: Vec<Event>,
}

impl Fed {
    pub(crate) fn new() -> Self {
        Self {
            stream: EventStream::new(),
            events: Vec::new(),
        }
    }

    /// Feeds `bytes`, cut at every one of `cuts`, which ascend. A cut that stands twice makes an
    /// empty chunk.
    #[track_caller]
    pub(crate) fn feed(&mut self, bytes: &[u8], cuts: impl IntoIterator<Item = usize>) {
        let mut start = 0;
        for end in cuts.into_iter().chain([bytes.len()]) {
            if let Some(batch) = self.stream.feed(&bytes[start..end]) {
                let before = self.events.last();
                let id = before.map_or("", |event| &event.last_event_id);
                let events = read(&batch, id);
                self.events.extend(events);
            }
            start = end;
        }
    }

    pub(crate) fn restart(&mut self) {
        self.stream.restart();
    }

    pub(crate) fn outcome(self) -> Outcome {
        Outcome {
            events: self.events,
            last_event_id: self.stream.last_event_id().to_string(),
            reconnection_time: self.stream.reconnection_time(),
        }
    }
}

/// What comes of `bytes`, fed in one piece for every one of `cuts`.
#[track_caller]
pub(crate) fn feed(bytes: &[u8], cuts: impl IntoIterator<Item = usize>) -> Outcome {
    let mut fed = Fed::new();
    fed.feed(bytes, cuts);
    fed.outcome()
}

/// The events of a batch that follows one with this last event ID, after making sure that Rust and
/// JavaScript see the same.
#[track_caller]
fn read(batch: &Batch, id: &str) -> Vec<Event> {
    let owned = |event: eventsource_wasm::Event| Event {
        event_type: event.event_type.to_string(),
        data: event.data.to_string(),
        last_event_id: event.last_event_id.to_string(),
    };
    let events: Vec<_> = batch.events().map(owned).collect();
    assert!(!events.is_empty(), "a batch is never empty");
    assert_eq!(events, read_as_javascript(batch, id), "{batch:?}");
    events
}

/// One decode, then cuts in UTF-16 code units.
#[track_caller]
fn read_as_javascript(batch: &Batch, id: &str) -> Vec<Event> {
    let mut id = id.to_string();
    let text = str::from_utf8(batch.text()).expect("a batch's text is well-formed");
    let text: Vec<u16> = text.encode_utf16().collect();
    let mut position = 0;
    let mut cut = |end: i32| {
        let end = usize::try_from(end).expect("only an ID's end may be negative");
        let string = String::from_utf16(&text[position..end]).expect("no cut character");
        position = end;
        string
    };

    let (rows, rest) = batch.table().as_chunks::<3>();
    assert!(rest.is_empty(), "three numbers an event");
    let mut events = Vec::<Event>::new();
    for &[data, event_type, last_event_id] in rows {
        let data = cut(data);
        let event_type = cut(event_type);
        if last_event_id != -1 {
            id = cut(last_event_id);
        }
        events.push(Event {
            event_type: match event_type.as_str() {
                "" => "message".to_string(),
                _ => event_type,
            },
            data,
            last_event_id: id.clone(),
        });
    }
    assert_eq!(position, text.len(), "the table covers the text");
    events
}
