//! Announcing, delivering, reestablishing; what survives of the stream.

use crate::{ANNOUNCE, OK, READ, REQUEST, WAIT, chunk, deliver, play, reestablish};
use eventsource_wasm::Input;

#[test]
fn announces_delivers_and_reads() {
    play(&[
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (chunk("data: y"), READ),
        (chunk(""), READ),
        (
            chunk("\n\ndata: z\n\nid: 1"),
            deliver("data: y\n\ndata: z\n\n"),
        ),
        (chunk("\n\n"), deliver("id: 1\n\n")),
        (chunk("\n\n"), READ),
        (chunk("data\n\n"), deliver("id: 1\ndata\n\n")),
    ]);
}

#[test]
fn delivers_an_id_without_an_event() {
    play(&[
        (OK, ANNOUNCE),
        (chunk("id: 1\n\n"), deliver("id: 1\n\n")),
        (chunk("id: 1\n\n"), READ),
        (chunk("id: 2\n"), READ),
        (
            chunk("\ndata: x\n\nid\n\n"),
            deliver("id: 2\n\ndata: x\n\nid\n\n"),
        ),
        (chunk("id\n\n"), READ),
        (chunk("data: y\n\n"), deliver("data: y\n\n")),
        (chunk("id: 3\n"), READ),
        (Input::End, WAIT),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("\n"), READ),
    ]);
}

#[test]
fn reestablishes_after_the_end_and_announces_again() {
    play(&[
        (OK, ANNOUNCE),
        (Input::End, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (Input::End, reestablish(3000)),
        (Input::Elapsed, REQUEST),
    ]);
}

#[test]
fn reestablishes_after_a_network_error_before_the_response() {
    play(&[
        (Input::NetworkError, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (Input::NetworkError, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
    ]);
}

#[test]
fn reestablishes_after_a_network_error_in_the_body() {
    play(&[
        (OK, ANNOUNCE),
        (Input::NetworkError, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (Input::NetworkError, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data"), READ),
        (Input::NetworkError, reestablish(3000)),
    ]);
}

#[test]
fn what_is_incomplete_does_not_survive() {
    for (incomplete, end) in [
        ("data: a\nevent: a\nid: a\n", Input::End),
        ("data: a\nevent: a\nid: a\nda", Input::NetworkError),
        ("\u{FEFF}data: a\r", Input::NetworkError),
        ("data: a", Input::End),
    ] {
        play(&[
            (OK, ANNOUNCE),
            (chunk(incomplete), READ),
            (end, reestablish(3000)),
            (Input::Elapsed, REQUEST),
            (OK, ANNOUNCE),
            (chunk("\n\n\n"), READ),
            (chunk("data: x\n\n"), deliver("data: x\n\n")),
            (Input::End, reestablish(3000)),
            (Input::Elapsed, REQUEST),
            (OK, ANNOUNCE),
            (chunk("\u{FEFF}data: x\n\n"), deliver("data: x\n\n")),
        ]);
    }
}

#[test]
fn the_reconnection_time_survives() {
    play(&[
        (OK, ANNOUNCE),
        (chunk("retry: 5\n"), READ),
        (Input::End, reestablish(5)),
        (Input::Elapsed, REQUEST),
        (Input::NetworkError, reestablish(5)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("retry: 7\ndata: x\n\n"), deliver("data: x\n\n")),
        (chunk("retry: x\nretry: 9"), READ),
        (Input::NetworkError, reestablish(7)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("retry: 0\n"), READ),
        (Input::End, reestablish(0)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("retry: 99999999999999999999\n"), READ),
        (Input::End, reestablish(u64::MAX)),
    ]);
}
