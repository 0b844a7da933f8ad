//! Is a response's Content-Type that of an event stream?
//!
//! Only the essence counts, so parameters are skipped, with the care that a comma or a semicolon
//! inside a quoted string needs.

/// Whether the MIME type extracted from `content_type`, the combined value of the response's
/// Content-Type headers, has the essence `text/event-stream`.
///
/// ```
/// use eventsource_wasm::is_event_stream;
///
/// assert!(is_event_stream("Text/Event-Stream; charset=utf-8"));
/// assert!(!is_event_stream("text/event-stream, text/html"));
/// ```
///
/// [Extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type)
#[must_use]
pub fn is_event_stream(content_type: &str) -> bool {
    split(content_type)
        .filter_map(essence)
        .filter(|&essence| essence != ("*", "*"))
        .last()
        .is_some_and(|(kind, subtype)| {
            kind.eq_ignore_ascii_case("text") && subtype.eq_ignore_ascii_case("event-stream")
        })
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split): at
/// every comma that is not inside a quoted string.
fn split(value: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    value.split(move |char| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match char {
            '"' => is_quoted = !is_quoted,
            '\\' => is_escaped = is_quoted,
            _ => {}
        }
        char == ',' && !is_quoted
    })
}

/// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type) as far as its type and
/// subtype: no parameter makes a MIME type invalid.
fn essence(value: &str) -> Option<(&str, &str)> {
    let (kind, rest) = value.trim_matches(is_http_whitespace).split_once('/')?;
    let subtype = rest.split(';').next().unwrap_or_default();
    let subtype = subtype.trim_end_matches(is_http_whitespace);
    (is_token(kind) && is_token(subtype)).then_some((kind, subtype))
}

fn is_http_whitespace(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' ')
}

/// Solely [HTTP token code points](https://mimesniff.spec.whatwg.org/#http-token-code-point), and
/// not empty.
fn is_token(value: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !value.is_empty() && value.bytes().all(is_token_byte)
}
