//! An event without an end fails the connection before it fills the memory.

use crate::{ANNOUNCE, OK, READ, chunk, fail, play, play_on};
use eventsource_wasm::{Cause, Input::Chunk};

const LONGEST: usize = 512 << 20;

/// Half of the event is in lines that have ended, and half in one that has not.
#[test]
#[cfg_attr(miri, ignore = "too many bytes")]
fn an_event_without_an_end() {
    let mut connection = play(&[(OK, ANNOUNCE)]);
    let half = vec![b'x'; LONGEST / 2];
    play_on(
        &mut connection,
        "",
        &[
            (chunk("data:"), READ),
            // The line end that is still to come counts, too.
            (Chunk(&half[1..]), READ),
            (chunk("\n"), READ),
            (Chunk(&half), READ),
            (chunk("x"), fail(Cause::TooLong)),
            (chunk("\n\n"), None),
        ],
    );
}
