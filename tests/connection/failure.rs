//! What fails for good, and what is said of it.

use crate::{
    ANNOUNCE, EVENT_STREAM, OK, REQUEST, chunk, deliver, fail, play, reestablish, response,
};
use eventsource_wasm::{Action, Failure, Input};

#[test]
fn every_status_but_200_fails() {
    let step = if cfg!(miri) { 1009 } else { 1 };
    for status in (0..=u16::MAX).step_by(step).filter(|&status| status != 200) {
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

#[expect(clippy::unnecessary_wraps, reason = "what `handle` returns")]
fn fail_for_content_type(content_type: &str) -> Option<Action> {
    Some(Action::Fail(Failure::ContentType(Some(
        content_type.to_string(),
    ))))
}

#[test]
fn a_reconnection_can_fail_too() {
    for (input, failure) in [
        (response(204, Some(EVENT_STREAM)), Failure::Status(204)),
        (response(200, None), Failure::ContentType(None)),
        (Input::Blocked, Failure::Blocked),
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
        Failure::Blocked,
        &[
            "Content-Security-Policy",
            "forbids to connect",
            "Add",
            "connect-src",
        ],
    );
    says(
        Failure::Unfetchable,
        &["cannot request", "scheme", "http: or https:"],
    );
    says(
        Failure::Forbidden,
        &[
            "the server can be reached",
            "CORS forbids this page to read the response",
            "Let the server send Access-Control-Allow-Origin",
            "the preflight for its Last-Event-ID header was refused",
            "Access-Control-Allow-Headers: Last-Event-ID",
            "the option lastEventIdQueryParameterName",
        ],
    );
    says(
        Failure::TooLong,
        &[
            "an event is longer than 512 MiB",
            "more than a string can hold",
            "Let the server end each event with a blank line",
            "send smaller ones",
        ],
    );
    says(Failure::Ended, &["the stream has ended"]);
}
