//! The implementation, fed in chunks, in the oracle's terms; every batch is read as JavaScript reads it.

use super::{
    event::Event,
    rows::{Row, rows},
    standard::Outcome,
};
use eventsource_wasm::EventStream;

/// What comes of `responses`, one after the other on one event source, each fed in one piece for every
/// one of its cuts. The cuts ascend; one that stands twice makes an empty chunk.
#[track_caller]
pub(crate) fn feed(responses: &[(&[u8], &[usize])]) -> Outcome {
    let mut fed = Fed::new();
    for (index, (bytes, cuts)) in responses.iter().enumerate() {
        if index > 0 {
            fed.restart();
        }
        let mut start = 0;
        for &end in cuts.iter().chain([&bytes.len()]) {
            fed.feed(&bytes[start..end]);
            start = end;
        }
    }
    Outcome {
        events: fed.events,
        last_event_id: fed.last_event_id,
        reconnection_time: fed.stream.reconnection_time(),
    }
}

/// A stream and all that it has given.
struct Fed {
    stream: EventStream,
    events: Vec<Event>,
    /// As JavaScript knows it, from the rows alone.
    last_event_id: String,
}

impl Fed {
    fn new() -> Self {
        Self {
            stream: EventStream::new(),
            events: Vec::new(),
            last_event_id: String::new(),
        }
    }

    #[track_caller]
    fn feed(&mut self, chunk: &[u8]) {
        if let Some(batch) = self.stream.feed(chunk) {
            for row in rows(&batch, &self.last_event_id) {
                row.last_event_id().clone_into(&mut self.last_event_id);
                if let Row::Event(event) = row {
                    self.events.push(event);
                }
            }
        }
        assert_eq!(self.last_event_id, self.stream.last_event_id());
    }

    #[track_caller]
    fn restart(&mut self) {
        self.stream.restart();
        assert_eq!(self.last_event_id, self.stream.last_event_id());
    }
}
