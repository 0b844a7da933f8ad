//! Whether a response's Content-Type is that of an event stream.
//!
//! Only the essence counts, so parameters are skipped. A comma inside a quoted string does not end a value.

/// Whether the MIME type in `content_type` has the essence `text/event-stream`.
///
/// `content_type` is the combined value of the response's Content-Type headers. Of several MIME types, the
/// last valid one counts.
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
    let mut rest = content_type.as_bytes();
    let mut is_event_stream = false;
    loop {
        let (value, behind) = rest.split_at(end_of_value(rest));
        if let Some(essence) = essence(value).filter(|&essence| essence != b"*/*") {
            is_event_stream = essence
                .iter()
                .map(u8::to_ascii_lowercase)
                .eq(*b"text/event-stream");
        }
        let [_, next @ ..] = behind else {
            return is_event_stream;
        };
        rest = next;
    }
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split): a value ends
/// at a comma that is not inside a quoted string.
fn end_of_value(values: &[u8]) -> usize {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_end = |&byte: &u8| {
        is_quoted ^= byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && is_quoted && !is_escaped;
        byte == b',' && !is_quoted
    };
    values.iter().position(is_end).unwrap_or(values.len())
}

/// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type), but only as far as its essence:
/// no parameter can make a MIME type invalid.
fn essence(value: &[u8]) -> Option<&[u8]> {
    let find = |bytes: &[u8], wanted| bytes.iter().position(|&byte| byte == wanted);
    let mut essence = &value[..find(value, b';').unwrap_or(value.len())];
    while let [b'\t' | b'\n' | b'\r' | b' ', rest @ ..] = essence {
        essence = rest;
    }
    while let [rest @ .., b'\t' | b'\n' | b'\r' | b' '] = essence {
        essence = rest;
    }
    let (name, subtype) = essence.split_at(find(essence, b'/')?);
    (is_token(name) && is_token(&subtype[1..])).then_some(essence)
}

/// Whether `value` has only [HTTP token code
/// points](https://mimesniff.spec.whatwg.org/#http-token-code-point) and is not empty.
fn is_token(value: &[u8]) -> bool {
    let is_token_byte = |byte: &u8| match byte {
        b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~' => true,
        other => other.is_ascii_alphanumeric(),
    };
    !value.is_empty() && value.iter().all(is_token_byte)
}
