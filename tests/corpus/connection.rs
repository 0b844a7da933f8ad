//! A connection keeps to its table, no matter what happens in what order.
//!
//! The byte 0xFF separates the steps of an input. A step is a letter, and some letters have an argument:
//!
//! - `r200 text/event-stream`: a response
//! - `cdata: x`: a chunk
//! - `e`: the end
//! - `n`: a network error
//! - `f`: forbidden
//! - `b`: blocked
//! - `u`: unfetchable
//! - `t`: elapsed
//! - `x`: a reset
//! - `w`: half an hour passes
//!
//! If the input starts with `s`, its connection is never reestablished.

use super::watched::Watched;
use eventsource_wasm::{Cause, Head, Input, Moment, Policy};

pub(crate) fn check(input: &[u8]) {
    let policy = if input.starts_with(b"s") {
        Policy::Never
    } else {
        Policy::Standard
    };
    let mut connection = Watched::new(policy);
    let mut now = Moment {
        time: 0,
        random: 0.5,
    };
    for step in input.split(|&byte| byte == 0xFF) {
        let Some((letter, rest)) = step.split_first() else {
            continue;
        };
        let text = String::from_utf8_lossy(rest);
        let input = match letter {
            b'r' => Input::Response(head(&text), now),
            b'c' => Input::Chunk(rest),
            b'e' => Input::Failed(Cause::End, now),
            b'n' => Input::Failed(Cause::Network(()), now),
            b'f' => Input::Failed(Cause::Forbidden(()), now),
            b'b' => Input::Failed(Cause::Blocked(()), now),
            b'u' => Input::Failed(Cause::Unfetchable(()), now),
            b't' => Input::Elapsed,
            b'x' => Input::Reset,
            b'w' => {
                now.time += 1_800_000;
                continue;
            }
            _ => continue,
        };
        connection.handle(&input);
    }
}

fn head(text: &str) -> Head<'_> {
    let (status, content_type) = match text.split_once(' ') {
        Some((status, content_type)) => (status, Some(content_type)),
        None => (text, None),
    };
    Head {
        status: status.parse().unwrap_or(0),
        content_type,
    }
}
