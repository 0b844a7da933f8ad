//! Which Content-Type announces an event stream.

#![cfg(not(target_arch = "wasm32"))]

#[path = "oracle/mime.rs"]
mod oracle;
#[path = "oracle/words.rs"]
mod words;

use eventsource_wasm::is_event_stream;
use words::words;

#[track_caller]
fn yes(content_type: &str) {
    assert!(is_event_stream(content_type), "{content_type:?}");
    assert_eq!(
        oracle::extract(content_type).as_deref(),
        Some("text/event-stream"),
        "the oracle"
    );
}

#[track_caller]
fn no(content_type: &str) {
    assert!(!is_event_stream(content_type), "{content_type:?}");
    assert_ne!(
        oracle::extract(content_type).as_deref(),
        Some("text/event-stream"),
        "the oracle"
    );
}

#[test]
fn case_and_whitespace() {
    yes("text/event-stream");
    yes("TEXT/EVENT-STREAM");
    yes("Text/Event-Stream");
    yes(" text/event-stream");
    yes("text/event-stream ");
    yes("\t text/event-stream \t");
    yes("\r\ntext/event-stream\r\n");
    no("text /event-stream");
    no("text/ event-stream");
    no("text/event- stream");
    no("text/event-stream x");
    no("\u{B}text/event-stream");
    no("text/event-stream\u{C}");
    no("\u{A0}text/event-stream");
    no("text/event-stream\u{A0}");
    no("\u{FEFF}text/event-stream");
    no("text/event-stream\0");
}

#[test]
fn other_types() {
    no("");
    no(" ");
    no("/");
    no("text");
    no("text/");
    no("/event-stream");
    no("event-stream");
    no("text/plain");
    no("text/html");
    no("text/event");
    no("text/event-streams");
    no("text/event_stream");
    no("text/event-stream+json");
    no("xtext/event-stream");
    no("application/event-stream");
    no("application/x-dom-event-stream");
    no("text/event-stream/");
    no("text//event-stream");
    no("text\\event-stream");
    no("text/event\u{2010}stream");
    no("te\u{17F}t/event-\u{17F}tream");
    no("ｔext/event-stream");
    no("*/*");
    no("text/*");
    no("*");
    no("\"text/event-stream\"");
    no("'text/event-stream'");
    no("=text/event-stream");
    no("charset=utf-8; text/event-stream");
    no("text/plain; text/event-stream");
    no("text/html; x=\"text/event-stream\"");
}

#[test]
fn parameters() {
    yes("text/event-stream;");
    yes("text/event-stream;;;");
    yes("text/event-stream ; ");
    yes("text/event-stream;charset=utf-8");
    yes("text/event-stream; charset=UTF-8");
    yes("text/event-stream; charset=windows-1252");
    yes("text/event-stream; charset=nonsense");
    yes("text/event-stream;charset");
    yes("text/event-stream;=");
    yes("text/event-stream; =x; y=");
    yes("text/event-stream; a=b; a=c");
    yes("text/event-stream; text/html");
    yes("text/event-stream; /");
    yes("text/event-stream; x=\"");
    yes("text/event-stream; x=\"a;b\"");
    yes("text/event-stream; x=\"a\\\"b\"; y");
    yes("text/event-stream; x=日本");
    yes("text/event-stream; x=\"日本\"");
    yes("text/event-stream;\0\u{7F}");
    yes("text/event-stream; \"");
    yes("text/event-stream\t;charset=utf-8");
    yes("text/event-stream\r\n; charset=utf-8");
}

#[test]
fn of_many_the_last_valid_one_counts() {
    yes("text/event-stream,text/event-stream");
    yes("text/html, text/event-stream");
    yes("text/html,text/event-stream");
    yes("text/html;charset=utf-8, text/event-stream;charset=utf-8");
    yes("application/json, text/html, text/event-stream");
    no("text/event-stream, text/html");
    no("text/event-stream,text/html");
    no("text/event-stream; charset=utf-8, text/plain; charset=utf-8");
    no("text/html, text/html");
    // Invalid ones are skipped.
    yes("text/event-stream,");
    yes(",text/event-stream");
    yes(", ,\t, text/event-stream, , ,");
    yes("text/event-stream, html");
    yes("text/event-stream, /");
    yes("text/event-stream, text/");
    yes("text/event-stream, /html");
    yes("text/event-stream, text /html");
    yes("text/event-stream, te(xt/html");
    yes("text/event-stream, text/ht{ml");
    yes("text/event-stream, text/html/x");
    yes("text/event-stream, text/日本");
    no(",");
    no(",,,");
    no("text, event-stream");
    no("text,/event-stream");
    no("text/event-stream, a/b, c");
    // So is `*/*`.
    yes("text/event-stream, */*");
    yes("text/event-stream, */*;q=0.8");
    yes("*/*, text/event-stream");
    no("text/event-stream, text/html, */*");
    no("text/event-stream, text/*");
    no("text/event-stream, */html");
}

#[test]
fn a_quoted_comma_separates_nothing() {
    yes("text/event-stream; x=\",text/html\"");
    yes("text/event-stream; x=\",text/html");
    yes("text/event-stream; x=\"a,b\", */*");
    yes("text/html; x=\"a,b\", text/event-stream");
    yes("text/html; x=\"\", text/event-stream");
    yes("text/html; x=a\"b\"c, text/event-stream");
    no("text/html; x=\",text/event-stream\"");
    no("text/html; x=\",text/event-stream");
    no("text/html; x=\", text/event-stream,");
    no("text/event-stream; x=\"\",text/html");
    // An escaped quotation mark does not end a quoted string. An escaped backslash does not escape anything.
    yes("text/event-stream; x=\"\\\",text/html");
    yes("text/event-stream; x=\"\\\",\",,");
    no("text/html; x=\"\\\",text/event-stream\"");
    yes("text/html; x=\"\\\\\",text/event-stream");
    no("text/html; x=\"\\\\\\\",text/event-stream\"");
    yes("text/html; x=\"\\,\",text/event-stream");
    no("text/event-stream; x=\"\\\\\",text/html");
    // Outside a quoted string, a backslash has no special meaning.
    yes("text/html; x=\\\"a\",text/event-stream");
    yes("text/html; x=\\,text/event-stream");
    no("text/html; x=\\\",text/event-stream");
    no("text/event-stream; x=\\,text/html");
    // At the very end, there is nothing to escape.
    yes("text/event-stream; x=\"\\");
    // A quotation mark outside a parameter makes the type invalid. The comma after it is quoted all the same.
    no("text/event-stream\"");
    no("text/html\", text/event-stream");
    yes("text/html\",\", text/event-stream");
}

#[test]
fn every_short_header() {
    let letters: [&[u8]; 10] = [
        b"text/event-stream",
        b"a/b",
        b"*/*",
        b"/",
        b",",
        b";",
        b"\"",
        b"\\",
        b" ",
        b"x",
    ];
    let mut streams = 0;
    let count = words(&letters, 5, |header| {
        let header = str::from_utf8(header).unwrap();
        let expected = oracle::extract(header).as_deref() == Some("text/event-stream");
        assert_eq!(is_event_stream(header), expected, "{header:?}");
        streams += usize::from(expected);
    });
    println!("{count} headers, {streams} of them an event stream's");
}

#[test]
fn every_ascii_character_in_its_place() {
    for char in '\0'..='\u{7F}' {
        for header in [
            format!("text/event-stream{char}"),
            format!("{char}text/event-stream"),
            format!("text{char}/event-stream"),
            format!("text/{char}event-stream"),
            format!("text/event-stream, a{char}/b"),
            format!("text/event-stream, a/{char}b"),
            format!("a/b, text/event-stream;{char}, */*"),
            format!("text{char}event-stream"),
        ] {
            let expected = oracle::extract(&header).as_deref() == Some("text/event-stream");
            assert_eq!(is_event_stream(&header), expected, "{header:?}");
        }
    }
}
