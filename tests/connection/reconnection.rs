//! Announcing, delivering and reestablishing, and what a reconnection keeps of the stream.

use crate::{
    ANNOUNCE, ELAPSED, END, NETWORK_ERROR, OK, READ, REQUEST, WAIT, chunk, deliver, play,
    reestablish,
};

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
        (END, WAIT),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("\n"), READ),
    ]);
}

#[test]
fn reestablishes_after_the_end_and_announces_again() {
    play(&[
        (OK, ANNOUNCE),
        (END, reestablish(3000)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (END, reestablish(3000)),
        (ELAPSED, REQUEST),
    ]);
}

#[test]
fn reestablishes_after_a_network_error_before_the_response() {
    play(&[
        (NETWORK_ERROR, reestablish(3000)),
        (ELAPSED, REQUEST),
        (NETWORK_ERROR, reestablish(3000)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
    ]);
}

#[test]
fn reestablishes_after_a_network_error_in_the_body() {
    play(&[
        (OK, ANNOUNCE),
        (NETWORK_ERROR, reestablish(3000)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("data: x\n\n")),
        (NETWORK_ERROR, reestablish(3000)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data"), READ),
        (NETWORK_ERROR, reestablish(3000)),
    ]);
}

#[test]
fn what_is_incomplete_does_not_survive() {
    for (incomplete, end) in [
        ("data: a\nevent: a\nid: a\n", END),
        ("data: a\nevent: a\nid: a\nda", NETWORK_ERROR),
        ("\u{FEFF}data: a\r", NETWORK_ERROR),
        ("data: a", END),
    ] {
        play(&[
            (OK, ANNOUNCE),
            (chunk(incomplete), READ),
            (end, reestablish(3000)),
            (ELAPSED, REQUEST),
            (OK, ANNOUNCE),
            (chunk("\n\n\n"), READ),
            (chunk("data: x\n\n"), deliver("data: x\n\n")),
            (END, reestablish(3000)),
            (ELAPSED, REQUEST),
            (OK, ANNOUNCE),
            (chunk("\u{FEFF}data: x\n\n"), deliver("data: x\n\n")),
        ]);
    }
}

#[test]
fn the_reconnection_time_survives() {
    play(&[
        (OK, ANNOUNCE),
        (chunk("retry: 5\n"), deliver("retry: 5\n")),
        (END, reestablish(5)),
        (ELAPSED, REQUEST),
        (NETWORK_ERROR, reestablish(5)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (
            chunk("retry: 7\ndata: x\n\n"),
            deliver("retry: 7\ndata: x\n\n"),
        ),
        (chunk("retry: x\nretry: 9"), READ),
        (NETWORK_ERROR, reestablish(7)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("retry: 0\n"), deliver("retry: 0\n")),
        (END, reestablish(0)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (
            chunk("retry: 99999999999999999999\n"),
            deliver("retry: 99999999999999999999\n"),
        ),
        (END, reestablish(u64::MAX)),
    ]);
}
