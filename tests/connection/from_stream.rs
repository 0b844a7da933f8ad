//! A stream that somebody else has requested: announced at once, never reestablished.

use crate::{OK, READ, chunk, deliver, fail, play_stream, response};
use eventsource_wasm::{
    Action, Connection, Failure,
    Input::{self, Elapsed, End, Forbidden, NetworkError, Unfetchable},
};

const ENDED: Option<Action> = fail(Failure::Ended);

/// Nothing follows, whatever happens.
#[track_caller]
fn is_over(connection: &mut Connection) {
    for input in [
        chunk("data: x\n\n"),
        End,
        NetworkError,
        OK,
        Elapsed,
        Forbidden,
    ] {
        assert_eq!(connection.handle(input), None, "{input:?}");
    }
}

#[test]
fn announces_delivers_and_reads() {
    play_stream(&[
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (chunk("data: y"), READ),
        (chunk(""), READ),
        (chunk("\n\nid: 1\n\n"), deliver("data: y\n\nid: 1\n\n")),
        (chunk("data\n\n"), deliver("id: 1\ndata\n\n")),
    ]);
}

#[test]
fn fails_at_the_end() {
    is_over(&mut play_stream(&[(End, ENDED)]));
    is_over(&mut play_stream(&[
        (chunk("data: x\n\ndata: y"), deliver("data: x\n\n")),
        (End, ENDED),
    ]));
}

#[test]
fn fails_after_an_error() {
    is_over(&mut play_stream(&[(NetworkError, ENDED)]));
    is_over(&mut play_stream(&[
        (chunk("data: x\n\ndata: y"), deliver("data: x\n\n")),
        (NetworkError, ENDED),
    ]));
}

#[test]
fn requests_nothing() {
    play_stream(&[
        (OK, None),
        (response(204, None), None),
        (Forbidden, None),
        (Input::Blocked, None),
        (Unfetchable, None),
        (Elapsed, None),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
    ]);
}

#[test]
fn what_the_page_needs_to_reconnect_remains() {
    let connection = play_stream(&[
        (
            chunk("retry: 5\nid: 1\n\nid: 2\ndata: x\n"),
            deliver("id: 1\n\n"),
        ),
        (End, ENDED),
    ]);
    assert_eq!(connection.last_event_id(), Some("1"));
    assert_eq!(connection.reconnection_time(), 5);
}

#[test]
fn one_response_after_the_other() {
    let mut connection = play_stream(&[(
        chunk("retry: 5\nid: 1\n\nid: 2\ndata: x\r"),
        deliver("id: 1\n\n"),
    )]);
    connection.reset();
    assert_eq!(connection.last_event_id(), Some("1"));
    assert_eq!(connection.reconnection_time(), 5);
    assert_eq!(connection.handle(chunk("\n")), READ, "a blank line");
    connection.reset();
    assert_eq!(
        connection.handle(chunk("\u{FEFF}data: y\n\n")),
        deliver("id: 1\ndata: y\n\n")
    );
    assert_eq!(connection.handle(End), ENDED);
}
