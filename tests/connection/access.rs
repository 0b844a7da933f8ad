//! Whether CORS allows the page to read. If the first response is forbidden, that is final. If an earlier
//! response was allowed, the server may only have restarted, so it is final only when the same happens twice
//! in a row.

use crate::{
    ANNOUNCE, Answer, ELAPSED, END, EVENT_STREAM, FORBIDDEN, NETWORK_ERROR, OK, REQUEST,
    UNFETCHABLE, WAIT, chunk, deliver, fail, play, reestablish, response,
};
use eventsource_wasm::{Cause, Input};

const FAILED: Option<Answer> = fail(Cause::Forbidden(()));

/// After a response that CORS has allowed, the requests have these outcomes, one after the other.
#[track_caller]
fn once_allowed<const N: usize>(requests: [(Input, Option<Answer>); N]) {
    let mut script = vec![(OK, ANNOUNCE), (END, WAIT)];
    for (input, action) in requests {
        script.push((ELAPSED, REQUEST));
        let is_announced = action == ANNOUNCE;
        script.push((input, action));
        if is_announced {
            script.push((END, WAIT));
        }
    }
    play(&script);
}

#[test]
fn refused_at_first() {
    play(&[(FORBIDDEN, FAILED), (ELAPSED, None), (OK, None)]);
    play(&[
        (NETWORK_ERROR, WAIT),
        (ELAPSED, REQUEST),
        (NETWORK_ERROR, WAIT),
        (ELAPSED, REQUEST),
        (FORBIDDEN, FAILED),
        (ELAPSED, None),
    ]);
}

#[test]
fn doubted() {
    once_allowed([(FORBIDDEN, WAIT), (OK, ANNOUNCE)]);
    once_allowed([(NETWORK_ERROR, WAIT), (FORBIDDEN, WAIT), (OK, ANNOUNCE)]);
}

#[test]
fn doubted_twice() {
    once_allowed([(FORBIDDEN, WAIT), (FORBIDDEN, FAILED)]);
    once_allowed([(OK, ANNOUNCE), (FORBIDDEN, WAIT), (FORBIDDEN, FAILED)]);
    once_allowed([
        (NETWORK_ERROR, WAIT),
        (FORBIDDEN, WAIT),
        (FORBIDDEN, FAILED),
    ]);
}

#[test]
fn a_network_error_clears_the_doubt() {
    once_allowed([
        (FORBIDDEN, WAIT),
        (NETWORK_ERROR, WAIT),
        (FORBIDDEN, WAIT),
        (FORBIDDEN, FAILED),
    ]);
    once_allowed([
        (FORBIDDEN, WAIT),
        (NETWORK_ERROR, WAIT),
        (NETWORK_ERROR, WAIT),
        (FORBIDDEN, WAIT),
        (NETWORK_ERROR, WAIT),
        (OK, ANNOUNCE),
    ]);
}

#[test]
fn a_response_clears_the_doubt() {
    once_allowed([
        (FORBIDDEN, WAIT),
        (OK, ANNOUNCE),
        (FORBIDDEN, WAIT),
        (OK, ANNOUNCE),
        (FORBIDDEN, WAIT),
        (FORBIDDEN, FAILED),
    ]);
}

#[test]
fn a_doubt_delays_no_other_failure() {
    once_allowed([
        (FORBIDDEN, WAIT),
        (response(204, Some(EVENT_STREAM)), fail(Cause::Status(204))),
    ]);
    once_allowed([
        (FORBIDDEN, WAIT),
        (response(200, None), fail(Cause::ContentType(None))),
    ]);
    once_allowed([
        (FORBIDDEN, WAIT),
        (UNFETCHABLE, fail(Cause::Unfetchable(()))),
    ]);
}

/// To a page, a doubt is a lost connection like any other.
#[test]
fn what_survives_a_doubt() {
    let connection = play(&[
        (OK, ANNOUNCE),
        (
            chunk("retry: 5\nid: 1\n\nid: 2\ndata: x"),
            deliver("retry: 5\nid: 1\n\n"),
        ),
        (NETWORK_ERROR, reestablish(5)),
        (ELAPSED, REQUEST),
        (FORBIDDEN, reestablish(5)),
        (ELAPSED, REQUEST),
        (OK, ANNOUNCE),
        (chunk("\ndata: y\n\n"), deliver("id: 1\ndata: y\n\n")),
    ]);
    assert_eq!(connection.last_event_id(), Some("1"));
}
