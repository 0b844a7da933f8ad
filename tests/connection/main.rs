//! The connection as scripts of Input → Action, for every state and every input.

#![cfg(not(target_arch = "wasm32"))]

mod access;
mod any_order;
mod failure;
mod from_stream;
mod last_event_id;
mod matrix;
mod reconnection;
mod reset;
mod states;
mod too_long;

#[path = "../oracle/event.rs"]
mod event;
#[path = "../oracle/random.rs"]
mod random;
#[path = "../oracle/rows.rs"]
mod rows;
#[path = "../oracle/watched.rs"]
mod watched;

use eventsource_wasm::{Action, Connection, EventStream, Failure, Head, Input};
use rows::rows;

const EVENT_STREAM: &str = "text/event-stream";

const OK: Input = response(200, Some(EVENT_STREAM));

const fn response(status: u16, content_type: Option<&str>) -> Input<'_> {
    Input::Response(Head {
        status,
        content_type,
    })
}

const fn chunk(bytes: &str) -> Input<'_> {
    Input::Chunk(bytes.as_bytes())
}

/// The delivery of the events that `stream` has, from its start.
fn deliver(stream: &str) -> Option<Action> {
    EventStream::new()
        .feed(stream.as_bytes())
        .map(Action::Deliver)
}

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
const fn reestablish(after: u64) -> Option<Action> {
    Some(Action::Reestablish { after })
}

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
const fn fail(failure: Failure) -> Option<Action> {
    Some(Action::Fail(failure))
}

const REQUEST: Option<Action> = Some(Action::Request);

const ANNOUNCE: Option<Action> = Some(Action::Announce);

const READ: Option<Action> = Some(Action::Read);

/// Reestablish after the reconnection time with which every connection starts.
const WAIT: Option<Action> = reestablish(3000);

/// Plays the inputs from the start, and sees each of them answered by the action beside it.
#[track_caller]
fn play(script: &[(Input, Option<Action>)]) -> Connection {
    let (mut connection, first) = Connection::new();
    assert_eq!(first, Action::Request);
    play_on(&mut connection, "", script);
    connection
}

/// The same for a connection to a stream that somebody else has requested.
#[track_caller]
fn play_stream(script: &[(Input, Option<Action>)]) -> Connection {
    let (mut connection, first) = Connection::from_stream();
    assert_eq!(first, Action::Announce);
    play_on(&mut connection, "", script);
    connection
}

/// The same for a connection that has set this last event ID.
#[track_caller]
fn play_on(connection: &mut Connection, id: &str, script: &[(Input, Option<Action>)]) {
    let mut id = id.to_string();
    for (step, (input, action)) in script.iter().enumerate() {
        let answer = connection.handle(*input);
        assert_eq!(&answer, action, "step {step}: {input:?}");
        // Equal batches have equal events; the IDs that came without one are compared here.
        if let (Some(Action::Deliver(batch)), Some(Action::Deliver(expected))) = (&answer, action) {
            let rows_of_batch = rows(batch, &id);
            assert_eq!(rows_of_batch, rows(expected, ""), "step {step}: {input:?}");
            id = rows_of_batch[rows_of_batch.len() - 1]
                .last_event_id()
                .to_string();
        }
    }
}
