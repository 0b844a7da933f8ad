//! Extracts a MIME type's essence from a Content-Type header's combined value. It is transcribed from Fetch
//! and MIME Sniffing, with a position in the input, as those are written.

/// [Extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type), but only its
/// essence.
pub(crate) fn extract(value: &str) -> Option<String> {
    let mut mime_type = None;
    for value in get_decode_and_split(value) {
        let temporary_mime_type = parse_a_mime_type(&value);
        match temporary_mime_type.as_deref() {
            None | Some("*/*") => {}
            Some(_) => mime_type = temporary_mime_type,
        }
    }
    mime_type
}

/// [Get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split)
fn get_decode_and_split(value: &str) -> Vec<String> {
    let input: Vec<char> = value.chars().collect();
    let mut position = 0;
    let mut values = Vec::new();
    let mut temporary_value = String::new();
    loop {
        temporary_value += &collect(&input, &mut position, |c| c != '"' && c != ',');
        if input.get(position) == Some(&'"') {
            temporary_value += &collect_an_http_quoted_string(&input, &mut position);
            if position < input.len() {
                continue;
            }
        }
        let trimmed = temporary_value.trim_matches(['\t', ' ']);
        values.push(trimmed.to_string());
        temporary_value.clear();
        if position >= input.len() {
            return values;
        }
        assert_eq!(input[position], ',');
        position += 1;
    }
}

/// [Collect an HTTP quoted string](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string),
/// with its quotation marks and backslashes.
fn collect_an_http_quoted_string(input: &[char], position: &mut usize) -> String {
    let position_start = *position;
    assert_eq!(input[*position], '"');
    *position += 1;
    loop {
        collect(input, position, |c| c != '"' && c != '\\');
        if *position >= input.len() {
            break;
        }
        let quote_or_backslash = input[*position];
        *position += 1;
        if quote_or_backslash == '\\' {
            if *position >= input.len() {
                break;
            }
            *position += 1;
        } else {
            assert_eq!(quote_or_backslash, '"');
            break;
        }
    }
    input[position_start..*position].iter().collect()
}

/// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type), but only up to its essence,
/// because nothing after that can fail.
fn parse_a_mime_type(input: &str) -> Option<String> {
    let is_http_whitespace = |c| ['\n', '\r', '\t', ' '].contains(&c);
    let input: Vec<char> = input.trim_matches(is_http_whitespace).chars().collect();
    let mut position = 0;
    let kind = collect(&input, &mut position, |c| c != '/');
    if kind.is_empty() || !kind.chars().all(is_http_token_code_point) {
        return None;
    }
    if position >= input.len() {
        return None;
    }
    position += 1;
    let subtype = collect(&input, &mut position, |c| c != ';');
    let subtype = subtype.trim_end_matches(is_http_whitespace);
    if subtype.is_empty() || !subtype.chars().all(is_http_token_code_point) {
        return None;
    }
    Some(format!("{kind}/{subtype}").to_ascii_lowercase())
}

/// [HTTP token code point](https://mimesniff.spec.whatwg.org/#http-token-code-point)
fn is_http_token_code_point(c: char) -> bool {
    matches!(
        c,
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '.' | '^' | '_' | '`' | '|' | '~'
    ) || c.is_ascii_alphanumeric()
}

/// [Collect a sequence of code points](https://infra.spec.whatwg.org/#collect-a-sequence-of-code-points)
fn collect(input: &[char], position: &mut usize, condition: impl Fn(char) -> bool) -> String {
    let mut result = String::new();
    while *position < input.len() && condition(input[*position]) {
        result.push(input[*position]);
        *position += 1;
    }
    result
}
