//! What a failure says: why the connection was lost, and how many failures there were in a row.

use crate::{OK, chunk, response};
use eventsource_wasm::{
    Action::{self, Fail, Reestablish},
    Cause, Connection, Failure, Head, Input, Moment, Policy,
};

const fn at(time: u64) -> Moment {
    Moment { time, random: 0.5 }
}

fn lost(cause: Cause<&str>, time: u64) -> Input<'_, &str> {
    Input::Failed(cause, at(time))
}

const fn opened<'a>(time: u64) -> Input<'a, &'a str> {
    let head = Head {
        status: 200,
        content_type: Some("text/event-stream"),
    };
    Input::Response(head, at(time))
}

/// A connection that was just lost for the first time. Its reconnection time is 10 s.
fn lost_once() -> Connection {
    let mut connection = Connection::new(Policy::Standard);
    connection.handle(OK);
    connection.handle(chunk("retry: 10000\n"));
    assert_eq!(attempt(&mut connection, lost(Cause::End, 0)), 1);
    connection
}

#[track_caller]
fn attempt<'a>(connection: &mut Connection, input: Input<'a, &'a str>) -> u32 {
    match connection.handle(input) {
        Some(Reestablish { failure, .. } | Fail(failure)) => failure.attempt,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cause_comes_back_with_its_error() {
    let refused = || Cause::Network("connection refused");
    let mut connection = Connection::new(Policy::Standard);
    assert_eq!(
        connection.handle(lost(refused(), 0)),
        Some(Reestablish {
            failure: Failure {
                cause: refused(),
                attempt: 1
            },
            delay: 3000
        })
    );
    assert_eq!(refused().into_error(), Some("connection refused"));
    assert_eq!(Cause::<&str>::Status(404).into_error(), None);
}

/// If the server may just have restarted, the reason is a lost network.
#[test]
fn a_doubt_about_cors_is_no_proof() {
    let mut connection = Connection::new(Policy::Standard);
    let mut reasons = Vec::new();
    for input in [opened(0), lost(Cause::End, 0)] {
        connection.handle(input);
    }
    for _ in 0..2 {
        connection.handle::<&str>(Input::Elapsed);
        match connection.handle(lost(Cause::Forbidden("TypeError"), 0)) {
            Some(Reestablish { failure, .. } | Fail(failure)) => {
                reasons.push((failure.cause.reason(), failure.attempt));
                assert_eq!(failure.cause.into_error(), Some("TypeError"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(reasons, [("network", 2), ("policy", 3)]);
}

#[test]
fn failures_in_a_row_are_counted() {
    let mut connection = Connection::new(Policy::Standard);
    for expected in 1..=5 {
        assert_eq!(
            attempt(&mut connection, lost(Cause::Network(""), 0)),
            expected
        );
        assert_eq!(
            connection.handle::<()>(Input::Elapsed),
            Some(Action::Request)
        );
    }
    assert_eq!(
        connection.handle(response(500, None)),
        Some(Fail(Failure {
            cause: Cause::Status(500),
            attempt: 6
        }))
    );
}

/// The count must not start again when a connection is announced: a policy with growing delays could then
/// never slow down for a server that accepts each connection and drops it.
#[test]
fn a_connection_counts_that_was_open_for_as_long_as_the_delay_before_it() {
    for (open_for, expected) in [(0, 2), (5000, 2), (9999, 2), (10_000, 1), (u64::MAX / 2, 1)] {
        let mut connection = lost_once();
        connection.handle::<()>(Input::Elapsed);
        connection.handle(opened(1000));
        assert_eq!(
            attempt(&mut connection, lost(Cause::End, 1000 + open_for)),
            expected,
            "{open_for} ms"
        );
    }
}

#[test]
fn a_connection_counts_that_was_open_for_five_seconds_at_least() {
    for (open_for, expected) in [(4999, 3), (5000, 1)] {
        let mut connection = Connection::new(Policy::Standard);
        for _ in 0..2 {
            connection.handle(lost(Cause::Network(""), 0));
            connection.handle::<()>(Input::Elapsed);
        }
        connection.handle(opened(0));
        assert_eq!(
            attempt(&mut connection, lost(Cause::End, open_for)),
            expected
        );
    }
}

#[test]
fn a_clock_that_goes_back_makes_no_success() {
    let mut connection = lost_once();
    connection.handle::<()>(Input::Elapsed);
    connection.handle(opened(1_000_000));
    assert_eq!(attempt(&mut connection, lost(Cause::End, 0)), 2);
}

#[test]
fn reasons() {
    for (cause, reason, is_silent) in [
        (Cause::Network(()), "network", true),
        (Cause::End, "end", true),
        (Cause::Status(204), "status", true),
        (Cause::Status(500), "status", false),
        (Cause::ContentType(None), "type", false),
        (Cause::Forbidden(()), "policy", false),
        (Cause::Blocked(()), "policy", false),
        (Cause::Unfetchable(()), "policy", false),
        (Cause::TooLong, "size", false),
    ] {
        assert_eq!((cause.reason(), cause.is_silent()), (reason, is_silent));
    }
}
