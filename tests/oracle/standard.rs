//! Parses and interprets an event stream. It is transcribed from the standard: it takes the whole input at
//! once, does every step in the standard's order, and nothing clever.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream>

#![expect(
    clippy::assigning_clones,
    clippy::collapsible_match,
    reason = "it reads as the standard does"
)]

#[path = "utf8.rs"]
mod utf8;

use super::event::Event;
use std::mem::take;

/// Everything that can be observed of an event source's streams.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) events: Vec<Event>,
    pub(crate) last_event_id: String,
    pub(crate) reconnection_time: u64,
}

/// The outcome of `responses`, each of which is the whole body of one connection.
pub(crate) fn interpret(responses: &[impl AsRef<[u8]>]) -> Outcome {
    let mut outcome = Outcome {
        events: Vec::new(),
        last_event_id: String::new(),
        reconnection_time: 3000,
    };
    for response in responses {
        let mut buffers = Buffers {
            data: String::new(),
            event_type: String::new(),
            // The standard's text says otherwise, but every engine does this.
            last_event_id: outcome.last_event_id.clone(),
        };
        for line in lines(&utf8::decode(response.as_ref())) {
            process_the_line(&line, &mut buffers, &mut outcome);
        }
        // "Once the end of the file is reached, any pending data must be discarded."
    }
    outcome
}

struct Buffers {
    data: String,
    event_type: String,
    last_event_id: String,
}

/// "a U+000D CR U+000A LF character pair, a single U+000A LF character not preceded by a U+000D CR
/// character, and a single U+000D CR character not followed by a U+000A LF character being the ways
/// in which a line can end". Text without such an end after it is pending data.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                lines.push(take(&mut line));
            }
            '\n' => lines.push(take(&mut line)),
            other => line.push(other),
        }
    }
    lines
}

fn process_the_line(line: &str, buffers: &mut Buffers, outcome: &mut Outcome) {
    if line.is_empty() {
        dispatch_the_event(buffers, outcome);
    } else if line.starts_with(':') {
        // Ignore the line.
    } else if let Some((field, value)) = line.split_once(':') {
        let value = value.strip_prefix(' ').unwrap_or(value);
        process_the_field(field, value, buffers, outcome);
    } else {
        process_the_field(line, "", buffers, outcome);
    }
}

/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#processField>
fn process_the_field(field: &str, value: &str, buffers: &mut Buffers, outcome: &mut Outcome) {
    match field {
        "event" => buffers.event_type = value.to_string(),
        "data" => {
            buffers.data.push_str(value);
            buffers.data.push('\n');
        }
        "id" => {
            if !value.contains('\0') {
                buffers.last_event_id = value.to_string();
            }
        }
        "retry" => {
            if !value.is_empty() && value.chars().all(|character| character.is_ascii_digit()) {
                // Parsing digits fails only if the number is too large.
                outcome.reconnection_time = value.parse().unwrap_or(u64::MAX);
            }
        }
        _ => {}
    }
}

/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage>
fn dispatch_the_event(buffers: &mut Buffers, outcome: &mut Outcome) {
    outcome.last_event_id = buffers.last_event_id.clone();
    if buffers.data.is_empty() {
        buffers.event_type = String::new();
        return;
    }
    if buffers.data.ends_with('\n') {
        buffers.data.pop();
    }
    let mut event = Event {
        event_type: "message".to_string(),
        data: buffers.data.clone(),
        last_event_id: outcome.last_event_id.clone(),
    };
    if !buffers.event_type.is_empty() {
        event.event_type = buffers.event_type.clone();
    }
    buffers.data = String::new();
    buffers.event_type = String::new();
    outcome.events.push(event);
}
