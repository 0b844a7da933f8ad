//! The connection, tested by scripts of Input → Action, for every state and every input.

#![cfg(not(target_arch = "wasm32"))]

mod access;
mod any_order;
mod attempts;
mod failure;
mod last_event_id;
mod matrix;
mod never;
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

use eventsource_wasm::{
    Action, Batch, Cause, Connection, EventStream, Failure, Head, Input, Moment, Policy,
};
use rows::rows;

const EVENT_STREAM: &str = "text/event-stream";

const OK: Input = response(200, Some(EVENT_STREAM));

const NOW: Moment = Moment {
    time: 0,
    random: 0.0,
};

const END: Input = Input::Failed(Cause::End, NOW);

const NETWORK_ERROR: Input = Input::Failed(Cause::Network(()), NOW);

const FORBIDDEN: Input = Input::Failed(Cause::Forbidden(()), NOW);

const BLOCKED: Input = Input::Failed(Cause::Blocked(()), NOW);

const UNFETCHABLE: Input = Input::Failed(Cause::Unfetchable(()), NOW);

const ELAPSED: Input = Input::Elapsed;

const RESET: Input = Input::Reset;

const fn response(status: u16, content_type: Option<&str>) -> Input<'_> {
    let head = Head {
        status,
        content_type,
    };
    Input::Response(head, NOW)
}

const fn chunk(bytes: &str) -> Input<'_> {
    Input::Chunk(bytes.as_bytes())
}

/// An action without the cause of a reconnection and without the number of failures, which `attempts` tests.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Request,
    Announce,
    Deliver(Batch),
    Read,
    Reestablish(u64),
    Fail(Cause),
}

impl From<Action> for Answer {
    fn from(action: Action) -> Self {
        match action {
            Action::Request => Self::Request,
            Action::Announce => Self::Announce,
            Action::Deliver(batch) => Self::Deliver(batch),
            Action::Read => Self::Read,
            Action::Reestablish { delay, .. } => Self::Reestablish(delay),
            Action::Fail(Failure { cause, .. }) => Self::Fail(cause),
        }
    }
}

trait Answers {
    fn answer(&mut self, input: Input) -> Option<Answer>;
}

impl Answers for Connection {
    fn answer(&mut self, input: Input) -> Option<Answer> {
        self.handle(input).map(Answer::from)
    }
}

/// The delivery of all events in `stream`.
fn deliver(stream: &str) -> Option<Answer> {
    EventStream::new()
        .feed(stream.as_bytes())
        .map(Answer::Deliver)
}

#[expect(clippy::unnecessary_wraps, reason = "what `answer` returns")]
const fn reestablish(delay: u64) -> Option<Answer> {
    Some(Answer::Reestablish(delay))
}

#[expect(clippy::unnecessary_wraps, reason = "what `answer` returns")]
const fn fail(cause: Cause) -> Option<Answer> {
    Some(Answer::Fail(cause))
}

const REQUEST: Option<Answer> = Some(Answer::Request);

const ANNOUNCE: Option<Answer> = Some(Answer::Announce);

const READ: Option<Answer> = Some(Answer::Read);

/// Reestablish after the initial reconnection time.
const WAIT: Option<Answer> = reestablish(3000);

/// Plays the inputs on a new connection, and checks that the answer to each is the action next to it.
#[track_caller]
fn play(script: &[(Input, Option<Answer>)]) -> Connection {
    let mut connection = Connection::new(Policy::Standard);
    play_on(&mut connection, "", script);
    connection
}

/// Does the same as `play`, on a connection that is open and never reestablished.
#[track_caller]
fn play_once(script: &[(Input, Option<Answer>)]) -> Connection {
    let mut connection = Connection::new(Policy::Never);
    assert_eq!(connection.answer(OK), ANNOUNCE);
    play_on(&mut connection, "", script);
    connection
}

/// Does the same as `play`, on this connection, which has this last event ID.
#[track_caller]
fn play_on(connection: &mut Connection, id: &str, script: &[(Input, Option<Answer>)]) {
    let mut id = id.to_string();
    for (step, (input, expected)) in script.iter().enumerate() {
        let answer = connection.answer(input.clone());
        assert_eq!(&answer, expected, "step {step}: {input:?}");
        // Equality of batches compares only events. This compares the IDs that came without an event, too.
        if let (Some(Answer::Deliver(batch)), Some(Answer::Deliver(expected))) = (&answer, expected)
        {
            let rows_of_batch = rows(batch, &id);
            assert_eq!(rows_of_batch, rows(expected, ""), "step {step}: {input:?}");
            if let Some(row) = rows_of_batch.last() {
                id = row.last_event_id().to_string();
            }
        }
    }
}
