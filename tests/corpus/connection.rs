//! A connection keeps to its table, whatever happens in whatever order.
//!
//! The steps of an input are parted by 0xFF. A step is a letter, and for some what comes with it:
//! `r200 text/event-stream` is a response, `cdata: x` a chunk, `e` the end, `n` a network error, `f`
//! forbidden, `b` blocked, `u` unfetchable, `t` elapsed, `x` a reset, `X` one that is no input. An input that starts
//! with `s` reads a stream, any other requests.

use super::watched::Watched;
use eventsource_wasm::{Head, Input};

pub(crate) fn check(input: &[u8]) {
    let mut connection = Watched::new(!input.starts_with(b"s"));
    for step in input.split(|&byte| byte == 0xFF) {
        let Some((letter, rest)) = step.split_first() else {
            continue;
        };
        let text = String::from_utf8_lossy(rest);
        let input = match letter {
            b'r' => Input::Response(head(&text)),
            b'c' => Input::Chunk(rest),
            b'e' => Input::End,
            b'n' => Input::NetworkError,
            b'f' => Input::Forbidden,
            b'b' => Input::Blocked,
            b'u' => Input::Unfetchable,
            b't' => Input::Elapsed,
            b'x' => Input::Reset,
            b'X' => {
                connection.reset();
                continue;
            }
            _ => continue,
        };
        connection.handle(input);
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
