//! What fails a connection permanently, and what the failure says.

use crate::{
    ANNOUNCE, Answer, Answers, BLOCKED, ELAPSED, END, EVENT_STREAM, OK, REQUEST, UNFETCHABLE,
    chunk, deliver, fail, play, reestablish, response,
};
use eventsource_wasm::Cause;

#[test]
fn every_status_but_200_fails() {
    let step = if cfg!(miri) { 1009 } else { 1 };
    for status in (0..=u16::MAX).step_by(step).filter(|&status| status != 200) {
        let mut connection = play(&[(
            response(status, Some(EVENT_STREAM)),
            fail(Cause::Status(status)),
        )]);
        assert_eq!(connection.answer(ELAPSED), None);
    }
    play(&[(response(204, None), fail(Cause::Status(204)))]);
    play(&[(response(500, Some("text/html")), fail(Cause::Status(500)))]);
}

#[test]
fn every_other_content_type_fails() {
    play(&[(response(200, None), fail(Cause::ContentType(None)))]);
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

#[expect(clippy::unnecessary_wraps, reason = "what `answer` returns")]
fn fail_for_content_type(content_type: &str) -> Option<Answer> {
    Some(Answer::Fail(Cause::ContentType(Some(
        content_type.to_string(),
    ))))
}

#[test]
fn a_reconnection_can_fail_too() {
    for (input, failure) in [
        (response(204, Some(EVENT_STREAM)), Cause::Status(204)),
        (response(200, None), Cause::ContentType(None)),
        (BLOCKED, Cause::Blocked(())),
        (UNFETCHABLE, Cause::Unfetchable(())),
    ] {
        play(&[
            (OK, ANNOUNCE),
            (chunk("id: 1\ndata\n\n"), deliver("id: 1\ndata\n\n")),
            (END, reestablish(3000)),
            (ELAPSED, REQUEST),
            (input, fail(failure)),
            (ELAPSED, None),
        ]);
    }
}

/// A message says what was wrong, what is allowed, and what to do.
#[test]
fn failures_say_what_to_do() {
    let says = |failure: Cause, parts: &[&str]| {
        let text = failure.to_string();
        for part in parts {
            assert!(text.contains(part), "\"{part}\" is missing in: {text}");
        }
        assert!(text.ends_with('.'), "{text}");
        assert!(!text.contains("  ") && !text.contains('\n'), "{text}");
    };
    says(
        Cause::Status(204),
        &[
            "status 204",
            "needs status 200",
            "Check what the server sends",
        ],
    );
    says(
        Cause::Status(404),
        &[
            "status 404",
            "needs status 200",
            "Check what the server sends",
        ],
    );
    says(
        Cause::ContentType(Some("text/html; charset=utf-8".to_string())),
        &[
            "\"text/html; charset=utf-8\"",
            "needs \"text/event-stream\"",
            "Have the server send",
        ],
    );
    says(
        Cause::ContentType(None),
        &[
            "Content-Type",
            "needs \"text/event-stream\"",
            "Have the server send",
        ],
    );
    says(
        Cause::Blocked(()),
        &[
            "Content-Security-Policy",
            "does not allow connecting",
            "Add",
            "connect-src",
        ],
    );
    says(
        Cause::Unfetchable(()),
        &[
            "cannot request",
            "scheme",
            "user or password",
            "http: or https:",
        ],
    );
    says(
        Cause::Forbidden(()),
        &[
            "the server can be reached",
            "CORS does not allow this page to read the response",
            "Have the server send Access-Control-Allow-Origin",
            "the server refused the preflight for the Last-Event-ID header",
            "Access-Control-Allow-Headers: Last-Event-ID",
            "the option lastEventIdQueryParameterName",
        ],
    );
    says(
        Cause::TooLong,
        &[
            "an event is longer than 512 MiB",
            "the longest allowed",
            "Have the server end each event with a blank line",
            "send smaller events",
        ],
    );
    says(Cause::End, &["the stream has ended"]);
}
