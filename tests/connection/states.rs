//! A connection in every state there is, by every way into it that may leave something behind.

use crate::{
    ANNOUNCE, OK, READ, REQUEST, WAIT, chunk, deliver, fail, play, play_stream, reestablish,
    response,
};
use eventsource_wasm::{
    Action, Connection, Failure,
    Input::{self, Elapsed, End, Forbidden, NetworkError, Unfetchable},
};

/// With the state's name.
pub(crate) fn every_state() -> Vec<(&'static str, Connection)> {
    const BYTES: Input = chunk("id: 1\nretry: 5\n\nid: 2\nevent: e\ndata: x");
    let id = || deliver("id: 1\n\n");
    let once_allowed = |script: Vec<(Input, Option<Action>)>| {
        let mut whole = vec![(OK, ANNOUNCE), (BYTES, id()), (End, reestablish(5))];
        whole.extend(script);
        play(&whole)
    };
    let soon = || reestablish(5);
    vec![
        ("requesting", play(&[])),
        (
            "requesting",
            play(&[(NetworkError, WAIT), (Elapsed, REQUEST)]),
        ),
        (
            "requesting, allowed",
            play(&[(OK, ANNOUNCE), (End, WAIT), (Elapsed, REQUEST)]),
        ),
        (
            "requesting, allowed",
            once_allowed(vec![(Elapsed, REQUEST)]),
        ),
        (
            "requesting, allowed",
            once_allowed(vec![
                (Elapsed, REQUEST),
                (Forbidden, soon()),
                (Elapsed, REQUEST),
                (NetworkError, soon()),
                (Elapsed, REQUEST),
            ]),
        ),
        (
            "requesting, doubted",
            once_allowed(vec![
                (Elapsed, REQUEST),
                (Forbidden, soon()),
                (Elapsed, REQUEST),
            ]),
        ),
        ("open", play(&[(OK, ANNOUNCE)])),
        ("open", play(&[(OK, ANNOUNCE), (BYTES, id())])),
        (
            "open",
            play(&[(OK, ANNOUNCE), (chunk("data\n\n"), deliver("data\n\n"))]),
        ),
        (
            "open",
            once_allowed(vec![
                (Elapsed, REQUEST),
                (Forbidden, soon()),
                (Elapsed, REQUEST),
                (OK, ANNOUNCE),
                (chunk("data"), READ),
            ]),
        ),
        ("open stream", play_stream(&[])),
        ("open stream", play_stream(&[(BYTES, id())])),
        ("open stream", play_stream(&[(chunk("data"), READ)])),
        ("waiting", play(&[(NetworkError, WAIT)])),
        ("waiting", play(&[(OK, ANNOUNCE), (NetworkError, WAIT)])),
        ("waiting", once_allowed(vec![])),
        (
            "waiting",
            once_allowed(vec![(Elapsed, REQUEST), (Forbidden, soon())]),
        ),
        (
            "failed",
            play(&[(response(204, None), fail(Failure::Status(204)))]),
        ),
        (
            "failed",
            play(&[(response(200, None), fail(Failure::ContentType(None)))]),
        ),
        ("failed", play(&[(Unfetchable, fail(Failure::Unfetchable))])),
        ("failed", play(&[(Forbidden, fail(Failure::Forbidden))])),
        (
            "failed",
            once_allowed(vec![
                (Elapsed, REQUEST),
                (Forbidden, soon()),
                (Elapsed, REQUEST),
                (Forbidden, fail(Failure::Forbidden)),
            ]),
        ),
        ("failed", play_stream(&[(End, fail(Failure::Ended))])),
        (
            "failed",
            play_stream(&[(BYTES, id()), (NetworkError, fail(Failure::Ended))]),
        ),
    ]
}
