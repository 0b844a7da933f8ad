//! What a restart keeps for the next response, and what it forgets.

use crate::{feed::feed, interpret, outcome};
use std::iter::zip;

/// Feeds one response after the other to one stream, each to its end. They give these events.
#[track_caller]
fn restarted(
    responses: &[&[u8]],
    events: &[(&str, &str, &str)],
    last_event_id: &str,
    reconnection_time: u64,
) {
    let expected = outcome(events, last_event_id, reconnection_time);
    assert_eq!(interpret(responses), expected, "the oracle");
    let is = |cuts: fn(usize) -> Vec<usize>| {
        // After this one, the stream is restarted after the last response, too.
        let responses = [responses, &[b""]].concat();
        let cuts: Vec<_> = responses
            .iter()
            .map(|response| cuts(response.len()))
            .collect();
        let cut: Vec<_> = zip(&responses, &cuts)
            .map(|(&response, cuts)| (response, &cuts[..]))
            .collect();
        assert_eq!(feed(&cut), expected);
    };
    is(|_| vec![]);
    is(|length| (1..length).collect());
}

#[test]
fn a_restart_forgets_what_is_incomplete() {
    let x = [("message", "x", "")];
    restarted(&[b"data: a\n", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"data: a\n", b"\n"], &[], "", 3000);
    restarted(&[b"data: ", b"a\n\n"], &[], "", 3000);
    restarted(&[b"da", b"ta: a\n\n"], &[], "", 3000);
    restarted(&[b"da", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"event: e\n", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"event: e\ndata: a", b"data: x\n\n"], &x, "", 3000);
    restarted(
        &[b"data: \xE2\x82", b"\xAC\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
    restarted(&[b"retry: 5", b"\n"], &[], "", 3000);
    restarted(&[b"retry: 5", b"0\n"], &[], "", 3000);
    restarted(&[b"", b"", b"data: x\n\n", b""], &x, "", 3000);
    // The complete events before it are not affected.
    restarted(&[b"data: x\n\ndata: y", b"\n\n"], &x, "", 3000);
    restarted(
        &[b"data: a\n", b"data: b\n", b":\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
}

#[test]
fn a_restart_makes_byte_order_mark_and_cr_fresh() {
    let x = [("message", "x", "")];
    restarted(&[b"\xEF\xBB\xBF", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(&[b":\n", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(
        &[b"\xEF\xBB", b"\xBFdata: a\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
    restarted(&[b"\xEF\xBB", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(
        &[b":\n", b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\n"],
        &[],
        "",
        3000,
    );
    // The LF is a line of its own, so the byte order mark after it is not at the start.
    restarted(&[b":\r", b"\n\xEF\xBB\xBFdata: a\n\n"], &[], "", 3000);
    restarted(&[b"data: x\r\r", b"\n\n\r\n"], &x, "", 3000);
}

#[test]
fn a_restart_keeps_last_event_id_and_reconnection_time() {
    restarted(
        &[b"id: 1\n\nretry: 5\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        5,
    );
    restarted(&[b"id: 1\n\n", b"\n"], &[], "1", 3000);
    restarted(&[b"id: 1\n\n", b"", b""], &[], "1", 3000);
    restarted(
        &[b"id: 1\n\n", b"id\n\n", b"data: x\n\n"],
        &[("message", "x", "")],
        "",
        3000,
    );
    restarted(
        &[b"id: 1\ndata: x\n\n", b"data: y\n\n"],
        &[("message", "x", "1"), ("message", "y", "1")],
        "1",
        3000,
    );
    // An ID is lost if no blank line came after it.
    restarted(
        &[b"id: 1\n", b"data: x\n\n"],
        &[("message", "x", "")],
        "",
        3000,
    );
    restarted(
        &[b"id: 1\n\nid: 2\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        3000,
    );
    restarted(
        &[b"id: 1\n\nid\n", b"\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        3000,
    );
    restarted(&[b"id: 1\n\nid: 2\ndata: a\n", b"id: 3\n"], &[], "1", 3000);
    // An ID that is set without an event is kept.
    restarted(
        &[b"data: x\n\nid: 1\n\n", b"data: y\n\n"],
        &[("message", "x", ""), ("message", "y", "1")],
        "1",
        3000,
    );
}
