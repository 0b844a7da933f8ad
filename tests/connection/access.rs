//! Whether CORS lets the page read: refused at first, that is final; refused once it has allowed, it
//! may be a server that restarts, until it happens twice.

use crate::{
    ANNOUNCE, EVENT_STREAM, OK, REQUEST, WAIT, chunk, deliver, fail, play, reestablish, response,
};
use eventsource_wasm::{
    Action, Failure,
    Input::{self, Elapsed, End, Forbidden, NetworkError, Unfetchable},
};

const FORBIDDEN: Option<Action> = fail(Failure::Forbidden);

/// After a response that CORS has allowed, one request after the other comes to this.
#[track_caller]
fn once_allowed<const N: usize>(requests: [(Input, Option<Action>); N]) {
    let mut script = vec![(OK, ANNOUNCE), (End, WAIT)];
    for (input, action) in requests {
        script.push((Elapsed, REQUEST));
        let is_announced = action == ANNOUNCE;
        script.push((input, action));
        if is_announced {
            script.push((End, WAIT));
        }
    }
    play(&script);
}

#[test]
fn refused_at_first() {
    play(&[(Forbidden, FORBIDDEN), (Elapsed, None), (OK, None)]);
    play(&[
        (NetworkError, WAIT),
        (Elapsed, REQUEST),
        (NetworkError, WAIT),
        (Elapsed, REQUEST),
        (Forbidden, FORBIDDEN),
        (Elapsed, None),
    ]);
}

#[test]
fn doubted() {
    once_allowed([(Forbidden, WAIT), (OK, ANNOUNCE)]);
    once_allowed([(NetworkError, WAIT), (Forbidden, WAIT), (OK, ANNOUNCE)]);
}

#[test]
fn doubted_twice() {
    once_allowed([(Forbidden, WAIT), (Forbidden, FORBIDDEN)]);
    once_allowed([(OK, ANNOUNCE), (Forbidden, WAIT), (Forbidden, FORBIDDEN)]);
    once_allowed([
        (NetworkError, WAIT),
        (Forbidden, WAIT),
        (Forbidden, FORBIDDEN),
    ]);
}

#[test]
fn a_network_error_clears_the_doubt() {
    once_allowed([
        (Forbidden, WAIT),
        (NetworkError, WAIT),
        (Forbidden, WAIT),
        (Forbidden, FORBIDDEN),
    ]);
    once_allowed([
        (Forbidden, WAIT),
        (NetworkError, WAIT),
        (NetworkError, WAIT),
        (Forbidden, WAIT),
        (NetworkError, WAIT),
        (OK, ANNOUNCE),
    ]);
}

#[test]
fn a_response_clears_the_doubt() {
    once_allowed([
        (Forbidden, WAIT),
        (OK, ANNOUNCE),
        (Forbidden, WAIT),
        (OK, ANNOUNCE),
        (Forbidden, WAIT),
        (Forbidden, FORBIDDEN),
    ]);
}

#[test]
fn a_doubt_delays_no_other_failure() {
    once_allowed([
        (Forbidden, WAIT),
        (
            response(204, Some(EVENT_STREAM)),
            fail(Failure::Status(204)),
        ),
    ]);
    once_allowed([
        (Forbidden, WAIT),
        (response(200, None), fail(Failure::ContentType(None))),
    ]);
    once_allowed([(Forbidden, WAIT), (Unfetchable, fail(Failure::Unfetchable))]);
}

/// A doubt is a lost connection like any other.
#[test]
fn what_survives_a_doubt() {
    let connection = play(&[
        (OK, ANNOUNCE),
        (
            chunk("retry: 5\nid: 1\n\nid: 2\ndata: x"),
            deliver("id: 1\n\n"),
        ),
        (NetworkError, reestablish(5)),
        (Elapsed, REQUEST),
        (Forbidden, reestablish(5)),
        (Elapsed, REQUEST),
        (OK, ANNOUNCE),
        (chunk("\ndata: y\n\n"), deliver("id: 1\ndata: y\n\n")),
    ]);
    assert_eq!(connection.last_event_id(), Some("1"));
}
