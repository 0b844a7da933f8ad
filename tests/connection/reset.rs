//! A reset forgets what is incomplete, in every state, and nothing else.

use crate::{
    ANNOUNCE, OK, READ, REQUEST, chunk, deliver, play, play_on, play_stream, states::every_state,
};
use eventsource_wasm::{
    Connection,
    Input::{Chunk, Elapsed, Reset},
};

/// Half of a line, of an event, of a CRLF, of a byte order mark, of a character.
const INCOMPLETE: [&[u8]; 7] = [
    b"data: a\nevent: e\nid: a\nda",
    b"data: a\nevent: e\nid: a\n",
    b"data: a\r",
    b"event: e",
    b"retry: 7",
    b"\xEF\xBB",
    b"data: \xF0\x9F",
];

/// Between two inputs, and as one.
const RESETS: [fn(&mut Connection); 2] = [Connection::reset, |connection| {
    assert_eq!(connection.handle(Reset), READ);
}];

/// What follows is read like the start of a stream.
#[track_caller]
fn is_fresh(connection: &mut Connection, id: &str) {
    let event = format!("id: {id}\ndata: x\n\n");
    play_on(
        connection,
        id,
        &[
            (chunk("\n\n"), READ),
            (chunk("data: x\n\n"), deliver(&event)),
        ],
    );
    connection.reset();
    play_on(
        connection,
        id,
        &[(chunk("\u{FEFF}data: x\n\n"), deliver(&event))],
    );
}

#[test]
fn what_is_incomplete_is_forgotten() {
    for reset in RESETS {
        for incomplete in INCOMPLETE {
            for (start, id, time) in [("", "", 3000), ("id: 1\nretry: 5\n\n", "1", 5)] {
                for mut connection in [play(&[(OK, ANNOUNCE)]), play_stream(&[])] {
                    connection.handle(Chunk(&[start.as_bytes(), incomplete].concat()));
                    reset(&mut connection);
                    assert_eq!(connection.last_event_id().unwrap_or(""), id);
                    assert_eq!(connection.reconnection_time(), time);
                    is_fresh(&mut connection, id);
                }
            }
        }
    }
}

#[test]
fn in_every_state() {
    for (state, mut connection) in every_state() {
        let id = connection.last_event_id().map(String::from);
        let time = connection.reconnection_time();
        connection.reset();
        assert_eq!(connection.last_event_id(), id.as_deref(), "{state}");
        assert_eq!(connection.reconnection_time(), time, "{state}");
        let once = format!("{connection:?}");
        connection.reset();
        assert_eq!(format!("{connection:?}"), once, "{state}: twice");

        if state == "waiting" {
            assert_eq!(connection.handle(Elapsed), REQUEST);
        }
        if state == "waiting" || state.starts_with("requesting") {
            assert_eq!(connection.handle(OK), ANNOUNCE, "{state}");
        }
        if state == "failed" {
            assert_eq!(connection.handle(chunk("data: x\n\n")), None);
        } else {
            is_fresh(&mut connection, id.as_deref().unwrap_or(""));
        }
    }
}
