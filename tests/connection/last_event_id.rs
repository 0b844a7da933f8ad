//! The value of the request's `Last-Event-ID` header.

use crate::{
    ANNOUNCE, Answer, Answers, ELAPSED, END, NETWORK_ERROR, OK, READ, REQUEST, WAIT, chunk,
    deliver, play,
};

#[test]
fn the_last_event_id_survives() {
    let mut connection = play(&[
        (OK, ANNOUNCE),
        (chunk("id: 1\n\nid: 2\n"), deliver("id: 1\n\n")),
    ]);
    for _ in 0..3 {
        assert_eq!(connection.answer(NETWORK_ERROR), WAIT);
        assert_eq!(connection.last_event_id(), Some("1"), "while waiting");
        assert_eq!(connection.answer(ELAPSED), REQUEST);
        assert_eq!(connection.last_event_id(), Some("1"), "for the request");
    }
    assert_eq!(connection.answer(OK), ANNOUNCE);
    assert_eq!(
        connection.answer(chunk("data\n\n")),
        deliver("id: 1\ndata\n\n")
    );
    let Some(Answer::Deliver(batch)) = connection.answer(chunk("id\n\n")) else {
        panic!("an ID without an event is delivered too");
    };
    assert_eq!((batch.text(), batch.table()), (&b""[..], &[-1, 0, 0][..]));
    assert_eq!(connection.last_event_id(), None, "reset by the stream");
}

#[test]
fn sends_what_a_header_can_carry() {
    assert_eq!(play(&[]).last_event_id(), None);
    assert_eq!(sent(""), None);
    for id in [
        "1", "0", "a b", "a\tb", "~", "\"", "a, b", "…", "日本", "🙂", "é", "\u{80}", "\u{9F}",
        "\u{FEFF}", "\u{FFFF}",
    ] {
        assert_eq!(sent(id).as_deref(), Some(id));
    }
    let long = "x".repeat(if cfg!(miri) { 100 } else { 100_000 });
    assert_eq!(sent(&long), Some(long));
}

#[test]
fn does_not_send_what_no_header_can_carry() {
    for control in ('\u{1}'..' ')
        .chain(['\u{7F}'])
        .filter(|char| !"\t\n\r".contains(*char))
    {
        for id in [
            format!("{control}"),
            format!("a{control}"),
            format!("{control}b"),
            format!("日{control}本"),
        ] {
            assert_eq!(sent(&id), None, "{id:?}");
        }
    }
}

/// The `Last-Event-ID` that is sent after an event with this ID.
#[track_caller]
fn sent(id: &str) -> Option<String> {
    let bytes = format!("id:{id}\n\n");
    let connection = play(&[
        (OK, ANNOUNCE),
        (chunk(&bytes), deliver(&bytes).or(READ)),
        (END, WAIT),
        (ELAPSED, REQUEST),
    ]);
    connection.last_event_id().map(String::from)
}

#[test]
fn an_id_that_cannot_be_sent_is_delivered_and_replaced() {
    let connection = play(&[
        (OK, ANNOUNCE),
        (
            chunk("id: 1\n\nid: \u{1}\ndata\n\n"),
            deliver("id: 1\n\nid: \u{1}\ndata\n\n"),
        ),
        (END, WAIT),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("id: \u{1}\ndata: x\n\n")),
        (chunk("id: 2\n\n"), deliver("id: 2\n\n")),
    ]);
    assert_eq!(connection.last_event_id(), Some("2"));
}
