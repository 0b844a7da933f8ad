//! Feeds the implementation in chunks, and returns the same kind of outcome as the oracle. Reads every batch
//! as JavaScript does.

use super::{
    event::Event,
    rows::{Row, rows},
    standard::Outcome,
};
use eventsource_wasm::EventStream;

/// The outcome of `responses`, which come one after the other on one event source. Each is cut into chunks.
/// The cuts ascend; a cut that is listed twice makes an empty chunk.
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

/// A stream, and everything that it has given so far.
struct Fed {
    stream: EventStream,
    events: Vec<Event>,
    /// As JavaScript learns it, only from the rows.
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
