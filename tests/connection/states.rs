//! Connections in every state. Those of the same state have got there in different ways, which may leave
//! something behind.

use crate::{
    ANNOUNCE, Answer, ELAPSED, END, FORBIDDEN, NETWORK_ERROR, OK, READ, REQUEST, UNFETCHABLE, WAIT,
    chunk, deliver, fail, play, play_once, reestablish, response,
};
use eventsource_wasm::{Cause, Connection, Input};

/// Each connection comes with the name of its state.
pub(crate) fn every_state() -> Vec<(&'static str, Connection)> {
    const BYTES: Input = chunk("id: 1\nretry: 5\n\nid: 2\nevent: e\ndata: x");
    let id = || deliver("retry: 5\nid: 1\n\n");
    let once_allowed = |script: Vec<(Input, Option<Answer>)>| {
        let mut whole = vec![(OK, ANNOUNCE), (BYTES, id()), (END, reestablish(5))];
        whole.extend(script);
        play(&whole)
    };
    let soon = || reestablish(5);
    vec![
        ("requesting", play(&[])),
        (
            "requesting",
            play(&[(NETWORK_ERROR, WAIT), (ELAPSED, REQUEST)]),
        ),
        (
            "requesting, allowed",
            play(&[(OK, ANNOUNCE), (END, WAIT), (ELAPSED, REQUEST)]),
        ),
        (
            "requesting, allowed",
            once_allowed(vec![(ELAPSED, REQUEST)]),
        ),
        (
            "requesting, allowed",
            once_allowed(vec![
                (ELAPSED, REQUEST),
                (FORBIDDEN, soon()),
                (ELAPSED, REQUEST),
                (NETWORK_ERROR, soon()),
                (ELAPSED, REQUEST),
            ]),
        ),
        (
            "requesting, doubted",
            once_allowed(vec![
                (ELAPSED, REQUEST),
                (FORBIDDEN, soon()),
                (ELAPSED, REQUEST),
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
                (ELAPSED, REQUEST),
                (FORBIDDEN, soon()),
                (ELAPSED, REQUEST),
                (OK, ANNOUNCE),
                (chunk("data"), READ),
            ]),
        ),
        ("open once", play_once(&[])),
        ("open once", play_once(&[(BYTES, id())])),
        ("open once", play_once(&[(chunk("data"), READ)])),
        ("waiting", play(&[(NETWORK_ERROR, WAIT)])),
        ("waiting", play(&[(OK, ANNOUNCE), (NETWORK_ERROR, WAIT)])),
        ("waiting", once_allowed(vec![])),
        (
            "waiting",
            once_allowed(vec![(ELAPSED, REQUEST), (FORBIDDEN, soon())]),
        ),
        (
            "failed",
            play(&[(response(204, None), fail(Cause::Status(204)))]),
        ),
        (
            "failed",
            play(&[(response(200, None), fail(Cause::ContentType(None)))]),
        ),
        (
            "failed",
            play(&[(UNFETCHABLE, fail(Cause::Unfetchable(())))]),
        ),
        ("failed", play(&[(FORBIDDEN, fail(Cause::Forbidden(())))])),
        (
            "failed",
            once_allowed(vec![
                (ELAPSED, REQUEST),
                (FORBIDDEN, soon()),
                (ELAPSED, REQUEST),
                (FORBIDDEN, fail(Cause::Forbidden(()))),
            ]),
        ),
        ("failed", play_once(&[(END, fail(Cause::End))])),
        (
            "failed",
            play_once(&[(BYTES, id()), (NETWORK_ERROR, fail(Cause::Network(())))]),
        ),
    ]
}
