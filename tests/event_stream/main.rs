//! The event stream, case by case: what the standard says about lines, bytes and edge cases.
//!
//! Every case is fed in many ways: whole; byte by byte; with empty chunks in between; cut into two at every
//! place; and, if it is short, cut into three. It is fed to a new stream, and to one that was restarted in
//! the middle of something else. The oracle has to agree with every expectation written here.

#![cfg(not(target_arch = "wasm32"))]

mod batch;
mod fields;
mod ids;
mod lines;
mod pending;
mod restart;
mod retry;
mod stream;
mod utf8;

#[path = "../oracle/event.rs"]
mod event;
#[path = "../oracle/feed.rs"]
mod feed;
#[path = "../oracle/rows.rs"]
mod rows;
#[path = "../oracle/standard.rs"]
mod standard;

use event::Event;
use feed::feed;
use standard::{Outcome, interpret};

const THREE_PARTS_UP_TO: usize = 24;

/// Half a line, half a CRLF, half a byte order mark, half a character, and a whole byte order mark.
const INCOMPLETE: [&[u8]; 5] = [
    b"data: a\nevent: b\nid: c\ndata",
    b"data: a\nevent: b\nid: c\r",
    b"\xEF\xBB",
    b"data: \xF0\x9F",
    b"\xEF\xBB\xBF",
];

/// The input gives these messages, and neither an ID nor a reconnection time.
#[track_caller]
fn data(input: impl AsRef<[u8]>, data: &[&str]) {
    let events: Vec<_> = data.iter().map(|&data| ("message", data)).collect();
    typed(input, &events);
}

/// The input gives no event, no ID and no reconnection time.
#[track_caller]
fn nothing(input: impl AsRef<[u8]>) {
    data(input, &[]);
}

/// The input gives these events, as type and data.
#[track_caller]
fn typed(input: impl AsRef<[u8]>, events: &[(&str, &str)]) {
    let events: Vec<_> = events
        .iter()
        .map(|&(kind, data)| (kind, data, ""))
        .collect();
    all(input, &events, "", 3000);
}

/// The input gives these messages, as data and last event ID, and leaves this last event ID string.
#[track_caller]
fn id(input: impl AsRef<[u8]>, messages: &[(&str, &str)], last_event_id: &str) {
    let message = |&(data, id)| ("message", data, id);
    let events: Vec<(&str, &str, &str)> = messages.iter().map(message).collect();
    all(input, &events, last_event_id, 3000);
}

/// The input gives this reconnection time, and no event.
#[track_caller]
fn time(input: impl AsRef<[u8]>, reconnection_time: u64) {
    all(input, &[], "", reconnection_time);
}

/// In a value, the bytes are decoded to this text. In a field's name, they make another name.
#[track_caller]
fn decoded(bytes: &[u8], text: &str) {
    let (data, kind, id) = (text, format!("a{text}"), format!("{text}b"));
    let everywhere = [
        b"data:",
        bytes,
        b"\nevent:a",
        bytes,
        b"\nid:",
        bytes,
        b"b\n\n",
    ]
    .concat();
    all(&everywhere, &[(&kind, data, &id)], &id, 3000);
    let between = [b"data: <", bytes, b">\ndata: ", bytes, bytes, b"\n\n"].concat();
    all(
        &between,
        &[("message", &format!("<{text}>\n{text}{text}"), "")],
        "",
        3000,
    );
    nothing(
        [
            b"data",
            bytes,
            b": x\nda",
            bytes,
            b"ta: x\n.",
            bytes,
            b"data: x\n\n",
        ]
        .concat(),
    );
}

/// The input gives these events, as type, data and last event ID, and leaves this last event ID
/// string and this reconnection time.
#[track_caller]
fn all(
    input: impl AsRef<[u8]>,
    events: &[(&str, &str, &str)],
    last_event_id: &str,
    reconnection_time: u64,
) {
    let input = input.as_ref();
    let expected = outcome(events, last_event_id, reconnection_time);
    assert_eq!(interpret(&[input]), expected, "the oracle");
    for cuts in all_cuts(input.len()) {
        let fed = feed(&[(input, &cuts)]);
        assert_eq!(
            fed,
            expected,
            "{:?}, cut at {cuts:?}",
            input.escape_ascii().to_string()
        );
    }
    for incomplete in INCOMPLETE {
        let bytes: Vec<_> = (1..input.len()).collect();
        let fed = feed(&[(incomplete, &[]), (input, &bytes)]);
        assert_eq!(fed, expected, "after {incomplete:?} and a restart");
    }
}

fn outcome(events: &[(&str, &str, &str)], last_event_id: &str, reconnection_time: u64) -> Outcome {
    let event = |&(event_type, data, last_event_id): &(&str, &str, &str)| Event {
        event_type: event_type.to_string(),
        data: data.to_string(),
        last_event_id: last_event_id.to_string(),
    };
    Outcome {
        events: events.iter().map(event).collect(),
        last_event_id: last_event_id.to_string(),
        reconnection_time,
    }
}

fn all_cuts(length: usize) -> Vec<Vec<usize>> {
    let mut cuts = vec![vec![], (1..length).collect()];
    cuts.push((0..=length).flat_map(|cut| [cut, cut]).collect());
    cuts.extend((0..=length).map(|cut| vec![cut]));
    if length <= THREE_PARTS_UP_TO {
        let second = |first| (first..=length).map(move |second| vec![first, second]);
        cuts.extend((0..=length).flat_map(second));
    }
    cuts
}
