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
    split(content_type.as_bytes())
        .filter_map(essence)
        .filter(|&essence| essence != b"*/*")
        .last()
        .is_some_and(|essence| essence.eq_ignore_ascii_case(b"text/event-stream"))
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split): at
/// every comma that is not inside a quoted string.
fn split(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    value.split(move |byte| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\\' => is_escaped = is_quoted,
            _ => {}
        }
        *byte == b',' && !is_quoted
    })
}

/// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type) as far as its essence: no
/// parameter makes a MIME type invalid.
fn essence(value: &[u8]) -> Option<&[u8]> {
    let mut essence = value.split(|&byte| byte == b';').next()?;
    while let [b'\t' | b'\n' | b'\r' | b' ', rest @ ..] = essence {
        essence = rest;
    }
    while let [rest @ .., b'\t' | b'\n' | b'\r' | b' '] = essence {
        essence = rest;
    }
    let mut parts = essence.split(|&byte| byte == b'/');
    let is_valid = is_token(parts.next()?) && is_token(parts.next()?) && parts.next().is_none();
    is_valid.then_some(essence)
}

/// Solely [HTTP token code points](https://mimesniff.spec.whatwg.org/#http-token-code-point), and
/// not empty.
fn is_token(value: &[u8]) -> bool {
    let is_token_byte = |byte: &u8| match byte {
        b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~' => true,
        other => other.is_ascii_alphanumeric(),
    };
    !value.is_empty() && value.iter().all(is_token_byte)
}
