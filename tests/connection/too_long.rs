//! What has no end fails before it has filled the memory.

use crate::{ANNOUNCE, OK, READ, chunk, fail, play, play_on};
use eventsource_wasm::{Cause, Input::Chunk};

const LONGEST: usize = 512 << 20;

/// Half of it in lines that have ended, half in one that has not.
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
            // The line end that is to come counts too.
            (Chunk(&half[1..]), READ),
            (chunk("\n"), READ),
            (Chunk(&half), READ),
            (chunk("x"), fail(Cause::TooLong)),
            (chunk("\n\n"), None),
        ],
    );
}
