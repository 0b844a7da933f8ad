//! The connection as scripts of Input → Action, for every state and every input.

#[path = "oracle/random.rs"]
mod random;

use eventsource_wasm::{Action, Connection, EventStream, Failure, Head, Input};
use random::{Random, rounds};

const EVENT_STREAM: &str = "text/event-stream";
const OK: Input = response(200, Some(EVENT_STREAM));

const fn response(status: u16, content_type: Option<&str>) -> Input<'_> {
    Input::Response(Head {
        status,
        content_type,
    })
}

fn chunk(bytes: &str) -> Input<'_> {
    Input::Chunk(bytes.as_bytes())
}

/// The delivery of the events that `stream` has, from its start.
fn deliver(stream: &str) -> Option<Action> {
    EventStream::new()
        .feed(stream.as_bytes())
        .map(Action::Deliver)
}

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
fn reestablish(after: u64) -> Option<Action> {
    Some(Action::Reestablish { after })
}

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
fn fail(failure: Failure) -> Option<Action> {
    Some(Action::Fail(failure))
}

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
fn fail_for_content_type(content_type: &str) -> Option<Action> {
    Some(Action::Fail(Failure::ContentType(Some(
        content_type.to_string(),
    ))))
}

const REQUEST: Option<Action> = Some(Action::Request);
const ANNOUNCE: Option<Action> = Some(Action::Announce);
const READ: Option<Action> = Some(Action::Read);

/// Plays the inputs from the start, and sees each of them answered by the action beside it.
#[track_caller]
fn play(script: &[(Input, Option<Action>)]) -> Connection {
    let (mut connection, first) = Connection::new();
    assert_eq!(first, Action::Request);
    for (step, (input, action)) in script.iter().enumerate() {
        assert_eq!(&connection.handle(*input), action, "step {step}: {input:?}");
    }
    connection
}

/// The `Last-Event-ID` that is sent after an event with this ID has come.
#[track_caller]
fn sent(id: &str) -> Option<String> {
    let bytes = format!("id:{id}\n\n");
    let connection = play(&[
        (OK, ANNOUNCE),
        (chunk(&bytes), READ),
        (Input::End, reestablish(3000)),
        (Input::Elapsed, REQUEST),
    ]);
    connection.last_event_id().map(String::from)
}

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
        (chunk("\n\n"), READ),
        (chunk("data\n\n"), deliver("id: 1\ndata\n\n")),
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

#[test]
fn the_last_event_id_survives() {
    let mut connection = play(&[(OK, ANNOUNCE), (chunk("id: 1\n\nid: 2\n"), READ)]);
    for _ in 0..3 {
        assert_eq!(connection.handle(Input::NetworkError), reestablish(3000));
        assert_eq!(connection.last_event_id(), Some("1"), "while waiting");
        assert_eq!(connection.handle(Input::Elapsed), REQUEST);
        assert_eq!(connection.last_event_id(), Some("1"), "for the request");
    }
    assert_eq!(connection.handle(OK), ANNOUNCE);
    assert_eq!(
        connection.handle(chunk("data\n\n")),
        deliver("id: 1\ndata\n\n")
    );
    assert_eq!(connection.handle(chunk("id\n\n")), READ);
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
    let long = "x".repeat(100_000);
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

#[test]
fn an_id_that_cannot_be_sent_is_delivered_and_replaced() {
    let connection = play(&[
        (OK, ANNOUNCE),
        (
            chunk("id: 1\n\nid: \u{1}\ndata\n\n"),
            deliver("id: \u{1}\ndata\n\n"),
        ),
        (Input::End, reestablish(3000)),
        (Input::Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("data: x\n\n"), deliver("id: \u{1}\ndata: x\n\n")),
        (chunk("id: 2\n\n"), READ),
    ]);
    assert_eq!(connection.last_event_id(), Some("2"));
}

#[test]
fn every_status_but_200_fails() {
    for status in (0..=u16::MAX).filter(|&status| status != 200) {
        let mut connection = play(&[(
            response(status, Some(EVENT_STREAM)),
            fail(Failure::Status(status)),
        )]);
        assert_eq!(connection.handle(Input::Elapsed), None);
    }
    play(&[(response(204, None), fail(Failure::Status(204)))]);
    play(&[(response(500, Some("text/html")), fail(Failure::Status(500)))]);
}

#[test]
fn every_other_content_type_fails() {
    play(&[(response(200, None), fail(Failure::ContentType(None)))]);
    for other in [
        "",
        "text/html",
        "text/event-stream, text/plain",
        "text/event-streams",
        "*/*",
        "text",
        "日本",
    ] {
        play(&[(response(200, Some(other)), fail_for_content_type(other))]);
    }
    for same in [
        "text/event-stream;charset=utf-16",
        " TEXT/Event-Stream ;",
        "text/html, text/event-stream",
    ] {
        play(&[(response(200, Some(same)), ANNOUNCE)]);
    }
}

#[test]
fn a_reconnection_can_fail_too() {
    for (input, failure) in [
        (response(204, Some(EVENT_STREAM)), Failure::Status(204)),
        (response(200, None), Failure::ContentType(None)),
        (Input::Unfetchable, Failure::Unfetchable),
    ] {
        play(&[
            (OK, ANNOUNCE),
            (chunk("id: 1\ndata\n\n"), deliver("id: 1\ndata\n\n")),
            (Input::End, reestablish(3000)),
            (Input::Elapsed, REQUEST),
            (input, fail(failure)),
            (Input::Elapsed, None),
        ]);
    }
}

/// What was wrong, what is allowed, what to do.
#[test]
fn failures_say_what_to_do() {
    let says = |failure: Failure, parts: &[&str]| {
        let text = failure.to_string();
        for part in parts {
            assert!(text.contains(part), "\"{part}\" is missing in: {text}");
        }
        assert!(text.ends_with('.'), "{text}");
        assert!(!text.contains("  ") && !text.contains('\n'), "{text}");
    };
    says(
        Failure::Status(204),
        &[
            "status 204",
            "needs status 200",
            "Look at what the server sends",
        ],
    );
    says(
        Failure::Status(404),
        &[
            "status 404",
            "needs status 200",
            "Look at what the server sends",
        ],
    );
    says(
        Failure::ContentType(Some("text/html; charset=utf-8".to_string())),
        &[
            "\"text/html; charset=utf-8\"",
            "needs \"text/event-stream\"",
            "Let the server send",
        ],
    );
    says(
        Failure::ContentType(None),
        &[
            "Content-Type",
            "needs \"text/event-stream\"",
            "Let the server send",
        ],
    );
    says(
        Failure::Unfetchable,
        &["cannot request", "scheme", "http: or https:"],
    );
}

/// A connection in every state there is, by every way into it that may leave something behind.
fn every_state() -> Vec<(&'static str, Connection)> {
    let id_and_half = chunk("id: 1\nretry: 5\n\ndata: x");
    vec![
        ("requesting", play(&[])),
        (
            "requesting",
            play(&[
                (Input::NetworkError, reestablish(3000)),
                (Input::Elapsed, REQUEST),
            ]),
        ),
        (
            "requesting",
            play(&[
                (OK, ANNOUNCE),
                (Input::End, reestablish(3000)),
                (Input::Elapsed, REQUEST),
            ]),
        ),
        ("open", play(&[(OK, ANNOUNCE)])),
        ("open", play(&[(OK, ANNOUNCE), (id_and_half, READ)])),
        (
            "open",
            play(&[(OK, ANNOUNCE), (chunk("data\n\n"), deliver("data\n\n"))]),
        ),
        ("waiting", play(&[(Input::NetworkError, reestablish(3000))])),
        (
            "waiting",
            play(&[
                (OK, ANNOUNCE),
                (id_and_half, READ),
                (Input::End, reestablish(5)),
            ]),
        ),
        (
            "waiting",
            play(&[(OK, ANNOUNCE), (Input::NetworkError, reestablish(3000))]),
        ),
        (
            "failed",
            play(&[(response(204, None), fail(Failure::Status(204)))]),
        ),
        (
            "failed",
            play(&[(response(200, None), fail(Failure::ContentType(None)))]),
        ),
        (
            "failed",
            play(&[(Input::Unfetchable, fail(Failure::Unfetchable))]),
        ),
    ]
}

#[test]
fn every_input_in_every_state() {
    let inputs = [
        OK,
        response(200, Some("text/html")),
        response(204, Some(EVENT_STREAM)),
        chunk("\ndata\n\n"),
        chunk("data"),
        chunk(""),
        Input::End,
        Input::NetworkError,
        Input::Unfetchable,
        Input::Elapsed,
    ];
    // In the order of the inputs: Announce, Deliver, Read, rEestablish, reQuest, Fail, or no answer.
    let answers = |state| match state {
        "requesting" => "AFF....EF.",
        "open" => "...DRREE..",
        "waiting" => ".........Q",
        "failed" => "..........",
        other => unreachable!("{other}"),
    };
    for index in 0..every_state().len() {
        for (column, input) in inputs.into_iter().enumerate() {
            let (state, mut connection) = every_state().swap_remove(index);
            let before = format!("{connection:?}");
            let action = connection.handle(input);
            assert_eq!(
                letter(action.as_ref()),
                answers(state).as_bytes()[column],
                "{state}: {input:?}"
            );
            if action.is_none() {
                assert_eq!(format!("{connection:?}"), before, "{state}: {input:?}");
            }
        }
    }
}

fn letter(action: Option<&Action>) -> u8 {
    match action {
        Some(Action::Announce) => b'A',
        Some(Action::Deliver(_)) => b'D',
        Some(Action::Read) => b'R',
        Some(Action::Reestablish { .. }) => b'E',
        Some(Action::Request) => b'Q',
        Some(Action::Fail(_)) => b'F',
        None => b'.',
    }
}

/// Whatever happens, in whatever order: an input has an answer exactly if it answers the last action,
/// as the table in `connection.rs` says, and without one nothing changes.
#[test]
fn random_inputs_keep_the_order() {
    let (mut actions, mut failures) = (0, 0);
    rounds(2000, |random| {
        let (mut connection, mut last) = Connection::new();
        let mut stream = EventStream::new();
        for _ in 0..60 {
            let input = random_input(random);
            let before = format!("{connection:?}");
            let action = connection.handle(input);
            assert_eq!(
                action.is_some(),
                is_answer(&last, input),
                "{input:?} after {last:?}"
            );
            let Some(action) = action else {
                assert_eq!(
                    format!("{connection:?}"),
                    before,
                    "{input:?} after {last:?}"
                );
                continue;
            };
            match (input, &action) {
                (Input::Elapsed, Action::Request)
                | (Input::Response(_), Action::Announce | Action::Fail(_))
                | (Input::Unfetchable, Action::Fail(Failure::Unfetchable)) => {}
                (Input::Chunk(bytes), _) => {
                    let batch = stream.feed(bytes);
                    assert_eq!(action, batch.map_or(Action::Read, Action::Deliver));
                }
                (Input::End | Input::NetworkError, Action::Reestablish { after }) => {
                    stream.restart();
                    assert_eq!(*after, stream.reconnection_time());
                }
                _ => panic!("{action:?} for {input:?} after {last:?}"),
            }
            let id = Some(stream.last_event_id()).filter(|id| !id.is_empty());
            assert_eq!(connection.last_event_id(), id);
            actions += 1;
            failures += usize::from(matches!(action, Action::Fail(_)));
            last = action;
        }
    });
    println!("{actions} actions, {failures} of them failures");
}

fn is_answer(action: &Action, input: Input) -> bool {
    match action {
        Action::Request => {
            matches!(
                input,
                Input::Response(_) | Input::NetworkError | Input::Unfetchable
            )
        }
        Action::Announce | Action::Deliver(_) | Action::Read => {
            matches!(input, Input::Chunk(_) | Input::End | Input::NetworkError)
        }
        Action::Reestablish { .. } => matches!(input, Input::Elapsed),
        Action::Fail(_) => false,
    }
}

/// Failures are rare among them, as nothing follows one.
fn random_input(random: &mut Random) -> Input<'static> {
    const CHUNKS: [&str; 10] = [
        "data: x\n\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "id: 1\n",
        "id: 2\n\n",
        "id\n",
        "retry: 5\n",
        "da",
        "ta: y\n",
    ];
    match random.below(60) {
        0 => response(204, None),
        1 => response(200, Some("text/html")),
        2 => Input::Unfetchable,
        3..15 => OK,
        15..40 => chunk(random.one_of(&CHUNKS)),
        40..45 => Input::End,
        45..50 => Input::NetworkError,
        _ => Input::Elapsed,
    }
}
