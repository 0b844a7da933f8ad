//! A connection that is never reestablished, for a stream that somebody else has requested.

use crate::{
    Answers, BLOCKED, ELAPSED, END, FORBIDDEN, NETWORK_ERROR, OK, READ, RESET, chunk, deliver,
    fail, play_once, response,
};
use eventsource_wasm::{Cause, Connection, Policy};

/// Nothing follows any more, no matter what happens.
#[track_caller]
fn is_over(connection: &mut Connection) {
    for input in [
        chunk("data: x\n\n"),
        END,
        NETWORK_ERROR,
        OK,
        ELAPSED,
        FORBIDDEN,
    ] {
        assert_eq!(connection.answer(input.clone()), None, "{input:?}");
    }
}

#[test]
fn announces_delivers_and_reads() {
    play_once(&[
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (chunk("data: y"), READ),
        (chunk(""), READ),
        (chunk("\n\nid: 1\n\n"), deliver("data: y\n\nid: 1\n\n")),
        (chunk("data\n\n"), deliver("id: 1\ndata\n\n")),
    ]);
}

#[test]
fn fails_at_the_end() {
    is_over(&mut play_once(&[(END, fail(Cause::End))]));
    is_over(&mut play_once(&[
        (chunk("data: x\n\ndata: y"), deliver("data: x\n\n")),
        (END, fail(Cause::End)),
    ]));
}

#[test]
fn fails_after_an_error() {
    is_over(&mut play_once(&[(NETWORK_ERROR, fail(Cause::Network(())))]));
    is_over(&mut play_once(&[
        (chunk("data: x\n\ndata: y"), deliver("data: x\n\n")),
        (NETWORK_ERROR, fail(Cause::Network(()))),
    ]));
}

#[test]
fn requests_once() {
    play_once(&[
        (OK, None),
        (response(204, None), None),
        (ELAPSED, None),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
    ]);
    for (input, cause) in [
        (NETWORK_ERROR, Cause::Network(())),
        (FORBIDDEN, Cause::Forbidden(())),
        (BLOCKED, Cause::Blocked(())),
        (response(503, None), Cause::Status(503)),
    ] {
        let mut connection = Connection::new(Policy::Never);
        assert_eq!(connection.answer(input), fail(cause));
        is_over(&mut connection);
    }
}

#[test]
fn what_the_page_needs_to_reconnect_remains() {
    let connection = play_once(&[
        (
            chunk("retry: 5\nid: 1\n\nid: 2\ndata: x\n"),
            deliver("retry: 5\nid: 1\n\n"),
        ),
        (END, fail(Cause::End)),
    ]);
    assert_eq!(connection.last_event_id(), Some("1"));
    assert_eq!(connection.reconnection_time(), 5);
}

#[test]
fn one_response_after_the_other() {
    let mut connection = play_once(&[(
        chunk("retry: 5\nid: 1\n\nid: 2\ndata: x\r"),
        deliver("retry: 5\nid: 1\n\n"),
    )]);
    assert_eq!(connection.answer(RESET), READ);
    assert_eq!(connection.last_event_id(), Some("1"));
    assert_eq!(connection.reconnection_time(), 5);
    assert_eq!(connection.answer(chunk("\n")), READ, "a blank line");
    assert_eq!(connection.answer(RESET), READ);
    assert_eq!(
        connection.answer(chunk("\u{FEFF}data: y\n\n")),
        deliver("id: 1\ndata: y\n\n")
    );
    assert_eq!(connection.answer(END), fail(Cause::End));
}
