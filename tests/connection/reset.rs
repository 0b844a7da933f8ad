//! In every state, a reset forgets what is incomplete, and nothing else.

use crate::{
    ANNOUNCE, Answers, ELAPSED, OK, READ, REQUEST, RESET, chunk, deliver, play, play_on, play_once,
    states::every_state,
};
use eventsource_wasm::{Connection, Input::Chunk};

/// Half a line, half an event, half a CRLF, half a byte order mark, and half a character.
const INCOMPLETE: [&[u8]; 7] = [
    b"data: a\nevent: e\nid: a\nda",
    b"data: a\nevent: e\nid: a\n",
    b"data: a\r",
    b"event: e",
    b"retry: 7",
    b"\xEF\xBB",
    b"data: \xF0\x9F",
];

/// What follows is parsed like the start of a stream.
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
    assert_eq!(connection.answer(RESET), READ);
    play_on(
        connection,
        id,
        &[(chunk("\u{FEFF}data: x\n\n"), deliver(&event))],
    );
}

#[test]
fn what_is_incomplete_is_forgotten() {
    for incomplete in INCOMPLETE {
        for (start, id, time) in [("", "", 3000), ("id: 1\nretry: 5\n\n", "1", 5)] {
            for mut connection in [play(&[(OK, ANNOUNCE)]), play_once(&[])] {
                connection.answer(Chunk(&[start.as_bytes(), incomplete].concat()));
                assert_eq!(connection.answer(RESET), READ);
                assert_eq!(connection.last_event_id().unwrap_or(""), id);
                assert_eq!(connection.reconnection_time(), time);
                is_fresh(&mut connection, id);
            }
        }
    }
}

/// If no connection is open, there is nothing incomplete, so a reset has no answer.
#[test]
fn in_every_state() {
    for (state, mut connection) in every_state() {
        let id = connection.last_event_id().map(String::from);
        let time = connection.reconnection_time();
        let answer = if state.starts_with("open") {
            READ
        } else {
            None
        };
        assert_eq!(connection.answer(RESET), answer, "{state}");
        assert_eq!(connection.last_event_id(), id.as_deref(), "{state}");
        assert_eq!(connection.reconnection_time(), time, "{state}");
        let once = format!("{connection:?}");
        assert_eq!(connection.answer(RESET), answer, "{state}: twice");
        assert_eq!(format!("{connection:?}"), once, "{state}: twice");

        if state == "waiting" {
            assert_eq!(connection.answer(ELAPSED), REQUEST);
        }
        if state == "waiting" || state.starts_with("requesting") {
            assert_eq!(connection.answer(OK), ANNOUNCE, "{state}");
        }
        if state == "failed" {
            assert_eq!(connection.answer(chunk("data: x\n\n")), None);
        } else {
            is_fresh(&mut connection, id.as_deref().unwrap_or(""));
        }
    }
}
