//! The event stream, case by case: what the standard says of every line, byte and edge.
//!
//! Every case is fed whole, byte by byte, with empty chunks between, cut into two at every place and,
//! if it is short, into three, on a fresh stream and on one that was restarted in the middle of
//! something else. The oracle has to agree with every expectation written here.

#[path = "oracle/feed.rs"]
mod feed;
#[path = "oracle/standard.rs"]
mod standard;

use eventsource_wasm::EventStream;
use feed::{Fed, feed};
use standard::{Event, Outcome, interpret};

const THREE_PARTS_UP_TO: usize = 24;

/// Half of a line, of a CRLF, of a byte order mark, of a character; and all of a byte order mark.
const INCOMPLETE: [&[u8]; 5] = [
    b"data: a\nevent: b\nid: c\ndata",
    b"data: a\nevent: b\nid: c\r",
    b"\xEF\xBB",
    b"data: \xF0\x9F",
    b"\xEF\xBB\xBF",
];

/// The input gives these messages; neither ID nor reconnection time.
#[track_caller]
fn data(input: impl AsRef<[u8]>, data: &[&str]) {
    let events: Vec<_> = data.iter().map(|&data| ("message", data)).collect();
    typed(input, &events);
}

/// The input gives no event, no ID and no reconnection time.
#[track_caller]
fn nothing(input: impl AsRef<[u8]>) {
    data(input, &[]);
}

/// The input gives these events, as type and data.
#[track_caller]
fn typed(input: impl AsRef<[u8]>, events: &[(&str, &str)]) {
    let events: Vec<_> = events
        .iter()
        .map(|&(kind, data)| (kind, data, ""))
        .collect();
    all(input, &events, "", 3000);
}

/// The input gives these messages, as data and last event ID, and leaves this last event ID string.
#[track_caller]
fn id(input: impl AsRef<[u8]>, messages: &[(&str, &str)], last_event_id: &str) {
    let message = |&(data, id)| ("message", data, id);
    let events: Vec<(&str, &str, &str)> = messages.iter().map(message).collect();
    all(input, &events, last_event_id, 3000);
}

/// The input gives no event, but this reconnection time.
#[track_caller]
fn time(input: impl AsRef<[u8]>, reconnection_time: u64) {
    all(input, &[], "", reconnection_time);
}

/// The bytes, in a value, are decoded to this; in a field's name, they are another name.
#[track_caller]
fn decoded(bytes: &[u8], text: &str) {
    let (data, kind, id) = (text, format!("a{text}"), format!("{text}b"));
    let everywhere = [
        b"data:",
        bytes,
        b"\nevent:a",
        bytes,
        b"\nid:",
        bytes,
        b"b\n\n",
    ]
    .concat();
    all(&everywhere, &[(&kind, data, &id)], &id, 3000);
    let between = [b"data: <", bytes, b">\ndata: ", bytes, bytes, b"\n\n"].concat();
    all(
        &between,
        &[("message", &format!("<{text}>\n{text}{text}"), "")],
        "",
        3000,
    );
    nothing(
        [
            b"data",
            bytes,
            b": x\nda",
            bytes,
            b"ta: x\n.",
            bytes,
            b"data: x\n\n",
        ]
        .concat(),
    );
}

/// The input gives these events, as type, data and last event ID, and leaves this last event ID
/// string and this reconnection time.
#[track_caller]
fn all(
    input: impl AsRef<[u8]>,
    events: &[(&str, &str, &str)],
    last_event_id: &str,
    reconnection_time: u64,
) {
    let input = input.as_ref();
    let expected = outcome(events, last_event_id, reconnection_time);
    assert_eq!(interpret(&[input]), expected, "the oracle");
    for cuts in all_cuts(input.len()) {
        let fed = feed(input, cuts.iter().copied());
        assert_eq!(
            fed,
            expected,
            "{:?}, cut at {cuts:?}",
            input.escape_ascii().to_string()
        );
    }
    for incomplete in INCOMPLETE {
        let mut fed = Fed::new();
        fed.feed(incomplete, []);
        fed.restart();
        fed.feed(input, 1..input.len());
        assert_eq!(
            fed.outcome(),
            expected,
            "after {incomplete:?} and a restart"
        );
    }
}

fn outcome(events: &[(&str, &str, &str)], last_event_id: &str, reconnection_time: u64) -> Outcome {
    let event = |&(event_type, data, last_event_id): &(&str, &str, &str)| Event {
        event_type: event_type.to_string(),
        data: data.to_string(),
        last_event_id: last_event_id.to_string(),
    };
    Outcome {
        events: events.iter().map(event).collect(),
        last_event_id: last_event_id.to_string(),
        reconnection_time,
    }
}

fn all_cuts(length: usize) -> Vec<Vec<usize>> {
    let mut cuts = vec![vec![], (1..length).collect()];
    cuts.push((0..=length).flat_map(|cut| [cut, cut]).collect());
    cuts.extend((0..=length).map(|cut| vec![cut]));
    if length <= THREE_PARTS_UP_TO {
        let second = |first| (first..=length).map(move |second| vec![first, second]);
        cuts.extend((0..=length).flat_map(second));
    }
    cuts
}

#[test]
fn one_message() {
    data("data: x\n\n", &["x"]);
    data("data:x\n\n", &["x"]);
    data("data: x\n\ndata: y\n\n", &["x", "y"]);
    data("data: x\n\n\n\ndata: y\n\n\n", &["x", "y"]);
    data("\n\n\ndata: x\n\n", &["x"]);
    data("data: a b : c: d\n\n", &["a b : c: d"]);
}

#[test]
fn examples_of_the_standard() {
    data("data: YHOO\ndata: +2\ndata: 10\n\n", &["YHOO\n+2\n10"]);
    id(
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        &[
            ("first event", "1"),
            ("second event", ""),
            (" third event", ""),
        ],
        "",
    );
    data("data\n\ndata\ndata\n\ndata:", &["", "\n"]);
    data("data:test\n\ndata: test\n\n", &["test", "test"]);
    typed(
        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        &[("add", "73857293"), ("remove", "2153"), ("add", "113411")],
    );
}

#[test]
fn nothing_at_all() {
    nothing("");
    nothing("\n");
    nothing("\r");
    nothing("\r\n");
    nothing("\n\r\r\n\n");
    nothing("x");
    nothing("\0");
    nothing("\0\n\0\n\n");
    nothing("<!doctype html>\n<p>Not found\n\n");
    nothing("{\"data\": \"x\"}\n\n");
}

#[test]
fn line_ends() {
    data("data: x\r\r", &["x"]);
    data("data: x\r\n\r\n", &["x"]);
    data("data: x\n\r", &["x"]);
    data("data: x\r\n\r", &["x"]);
    data("data: x\n\r\n", &["x"]);
    data("data: x\r\n\n", &["x"]);
    data("data: x\r\ndata: y\rdata: z\n\r\n", &["x\ny\nz"]);
    data("data: x\r\rdata: y\r\r", &["x", "y"]);
    data("data: x\n\rdata: y\n\r", &["x", "y"]);
    data("data: x\r\n\r\ndata: y\r\n\r\n", &["x", "y"]);
    // CR LF CR is one end and one blank line, LF CR LF as well.
    data("data\n\r\ndata\n\r\n", &["", ""]);
    data("data\r\n\rdata\r\n\r", &["", ""]);
    // A CRLF is no blank line.
    nothing("data: x\r\n");
    data("data: x\r\ndata: y\r\n\r\n", &["x\ny"]);
    data("data\r\ndata\r\ndata\r\n\r\n", &["\n\n"]);
    // A CR right after a CR ends a line of its own.
    data("data: x\r\r\ndata: y\n\n", &["x", "y"]);
    data("data: x\r\r\r\n\r\ndata: y\r\r\n\n", &["x", "y"]);
    nothing("\r\n\r\n\r\r\n");
}

#[test]
fn what_is_no_line_end() {
    for not_an_end in [
        "\u{B}", "\u{C}", "\u{1C}", "\u{85}", "\u{2028}", "\u{2029}", "\0", "\\n",
    ] {
        data(
            format!("data: x{not_an_end}data: y\n\n"),
            &[&format!("x{not_an_end}data: y")],
        );
        nothing(format!("data: x{not_an_end}{not_an_end}"));
    }
}

#[test]
fn a_cr_ends_its_line_at_once() {
    let mut stream = EventStream::new();
    assert!(stream.feed(b"data: x\r").is_none());
    assert!(
        stream.feed(b"\r").is_some(),
        "the second CR is a blank line already"
    );
    assert!(stream.feed(b"\n").is_none(), "and this LF is a part of it");
    assert!(stream.feed(b"data: y\nid: 1\nretry: 5\r").is_none());
    assert_eq!(stream.reconnection_time(), 5);
    assert!(stream.feed(b"").is_none());
    assert!(stream.feed(b"\n").is_none());
    assert!(stream.feed(b"\n").is_some());
    assert_eq!(stream.last_event_id(), "1");
}

#[test]
fn byte_order_mark() {
    data("\u{FEFF}data: x\n\n", &["x"]);
    data("\u{FEFF}:\ndata: x\n\n", &["x"]);
    data("\u{FEFF}\ndata: x\n\n", &["x"]);
    data("\u{FEFF}\r\ndata: x\r\n\r\n", &["x"]);
    time("\u{FEFF}retry: 5\n", 5);
    nothing("\u{FEFF}");
    nothing("\u{FEFF}\n\n");
    // The second is data: here a part of the name.
    nothing("\u{FEFF}\u{FEFF}data: x\n\n");
    data("\u{FEFF}\u{FEFF}data: x\ndata: y\n\n", &["y"]);
    data("\u{FEFF}\n\u{FEFF}data: x\ndata: y\n\n", &["y"]);
    // So is one that is not the very first.
    nothing(" \u{FEFF}data: x\n\n");
    nothing("\n\u{FEFF}data: x\n\n");
    nothing("\r\u{FEFF}data: x\n\n");
    nothing(":\n\u{FEFF}data: x\n\n");
    data("data: x\n\n\u{FEFF}data: y\n\n", &["x"]);
    data("data: x\n\u{FEFF}\n\n", &["x"]);
    data("data:\u{FEFF}\n\n", &["\u{FEFF}"]);
    data(
        "data: \u{FEFF}x\n\ndata:\u{FEFF}\u{FEFF}\n\n",
        &["\u{FEFF}x", "\u{FEFF}\u{FEFF}"],
    );
    data("\u{FEFF}data:\u{FEFF} x\n\n", &["\u{FEFF} x"]);
    all(
        "event:\u{FEFF}e\nid:\u{FEFF}\ndata:\u{FEFF}\n\n",
        &[("\u{FEFF}e", "\u{FEFF}", "\u{FEFF}")],
        "\u{FEFF}",
        3000,
    );
    time("retry:\u{FEFF}5\n", 3000);
    // A part of one is none.
    nothing(b"\xEF\xBBdata: x\n\n");
    nothing(b"\xEFdata: x\n\n");
    nothing(b"\xBB\xBFdata: x\n\n");
    nothing(b"\xEF\xBB\xBEdata: x\n\n");
    data(b"\xEF\n\xBB\xBFdata: x\ndata: y\n\n", &["y"]);
    data(b"\xEF\xBB\n\xBF\ndata: y\n\n", &["y"]);
    // Those of other encodings are garbage.
    nothing(b"\xFE\xFFdata: x\n\n");
    nothing(b"\xFF\xFEd\0a\0t\0a\0:\0x\0\n\0\n\0");
}

#[test]
fn comments() {
    nothing(":\n\n");
    nothing(": data: x\n\n");
    nothing(":data: x\n\n");
    nothing("::\n:\n: :\n\n");
    nothing(":retry: 5\n:id: 1\n\n");
    data(":a\ndata: x\n:b\ndata: y\n: c\n\n:d\n", &["x\ny"]);
    data(b":\xFF\xE2\x82\0\ndata: x\n:\xF0\x9F\n\n", &["x"]);
    // A space before the colon makes it a field with the name " ".
    data(" : x\ndata: y\n\n", &["y"]);
}

#[test]
fn fields_without_a_colon() {
    data("data\n\n", &[""]);
    data("data\ndata: x\ndata\n\n", &["\nx\n"]);
    typed("event: e\nevent\ndata\n\n", &[("message", "")]);
    id("id: 1\nid\ndata\n\n", &[("", "")], "");
    id("id: 1\n\nid\n\n", &[], "");
    time("retry\n", 3000);
    nothing("data x\n\n");
    nothing("datax\n\n");
}

#[test]
fn one_space_after_the_colon() {
    data("data:\n\n", &[""]);
    data("data: \n\n", &[""]);
    data("data:  \n\n", &[" "]);
    data("data:  x \n\n", &[" x "]);
    data("data:\tx\n\n", &["\tx"]);
    data("data: \tx\n\n", &["\tx"]);
    data("data:\t x\n\n", &["\t x"]);
    data("data:\u{A0}x\n\n", &["\u{A0}x"]);
    data("data:\u{3000}x\n\n", &["\u{3000}x"]);
    data("data::\n\n", &[":"]);
    data("data: : x\n\n", &[": x"]);
    data("data::x\n\n", &[":x"]);
    data("data:\u{B}x\u{B}\n\n", &["\u{B}x\u{B}"]);
    typed(
        "event: e \ndata\n\nevent:  e\ndata\n\n",
        &[("e ", ""), (" e", "")],
    );
    typed(
        "event:\te\ndata\n\nevent:a:b\ndata\n\n",
        &[("\te", ""), ("a:b", "")],
    );
    id(
        "id:  1 \ndata\n\nid:\t1\ndata\n\nid:a: b\ndata\n\n",
        &[("", " 1 "), ("", "\t1"), ("", "a: b")],
        "a: b",
    );
}

#[test]
fn names_compare_exactly() {
    for name in [
        "Data",
        "DATA",
        "dat",
        "datas",
        " data",
        "data ",
        "\tdata",
        "data\t",
        "d ata",
        "data\0",
        "\0data",
        "datа",
        "ｄata",
        "Event",
        "EVENT",
        "even",
        "events",
        " event",
        "event ",
        "Id",
        "ID",
        "iD",
        "i",
        "ids",
        " id",
        "id ",
        "id\0",
        "Retry",
        "RETRY",
        "retr",
        "retrys",
        " retry",
        "retry ",
        "",
        " ",
        "message",
        "comment",
        "lastEventId",
        "data-x",
        "\"data\"",
        "data;",
        "data=",
        "name",
        "\u{FEFF}data",
    ] {
        // The first byte of a stream may be of a byte order mark, so the name stands in a later line.
        nothing(format!(":\n{name}: 7\n{name}:7\n{name}\n\n"));
        typed(
            format!("event: e\ndata: x\n{name}: 7\n{name}\n\n"),
            &[("e", "x")],
        );
    }
}

#[test]
fn many_data_fields() {
    data("data: x\ndata: y\n\n", &["x\ny"]);
    data("data\ndata\n\n", &["\n"]);
    data("data:\ndata:\ndata:\n\n", &["\n\n"]);
    data("data: x\ndata\n\n", &["x\n"]);
    data("data\ndata: x\n\n", &["\nx"]);
    data("data: x\n:\nevent\nfoo\nid\nretry\ndata: y\n\n", &["x\ny"]);
    data("data:\u{20}\ndata:\u{20}\u{20}\n\n", &["\n "]);
    data("data: \\n\n\n", &["\\n"]);
    data("data: \0\n\ndata:\0x\0\n\n", &["\0", "\0x\0"]);
    data("data: 🙂\ndata: é\n\ndata: a\n\n", &["🙂\né", "a"]);
}

#[test]
fn event_types() {
    typed("event: e\ndata: x\n\n", &[("e", "x")]);
    typed("data: x\nevent: e\n\n", &[("e", "x")]);
    typed("event: a\nevent: b\ndata: x\n\n", &[("b", "x")]);
    typed("event: message\ndata\n\n", &[("message", "")]);
    typed(
        "event: open\ndata\n\nevent: error\ndata\n\n",
        &[("open", ""), ("error", "")],
    );
    typed("event: 日本 🙂\ndata: x\n\n", &[("日本 🙂", "x")]);
    typed("event: \0\ndata: x\n\n", &[("\0", "x")]);
    typed("event:  \ndata: x\n\n", &[(" ", "x")]);
    // It holds for one event.
    typed(
        "event: e\ndata: x\n\ndata: y\n\n",
        &[("e", "x"), ("message", "y")],
    );
    // Empty, it is a message again.
    typed("event: e\nevent:\ndata: x\n\n", &[("message", "x")]);
    typed("event: e\nevent: \ndata: x\n\n", &[("message", "x")]);
    typed("event\ndata: x\n\n", &[("message", "x")]);
    typed("event:\nevent: e\ndata: x\n\n", &[("e", "x")]);
    // A blank line without data forgets it.
    typed("event: e\n\ndata: x\n\n", &[("message", "x")]);
    nothing("event: e\n\n");
    nothing("event: e\n\nevent: e\n\n");
}

#[test]
fn last_event_ids() {
    id("id: 1\ndata: x\n\n", &[("x", "1")], "1");
    id("data: x\nid: 1\n\n", &[("x", "1")], "1");
    id("id: 1\nid: 2\ndata: x\n\n", &[("x", "2")], "2");
    id(
        "id: 日本…🙂é\ndata\n\ndata\n\n",
        &[("", "日本…🙂é"), ("", "日本…🙂é")],
        "日本…🙂é",
    );
    id("id: -1\ndata\n\n", &[("", "-1")], "-1");
    id(
        "id: \u{1}\u{7F}\t\ndata\n\n",
        &[("", "\u{1}\u{7F}\t")],
        "\u{1}\u{7F}\t",
    );
    // It stays.
    id(
        "id: 1\ndata: x\n\ndata: y\n\n\n\ndata: z\n\n",
        &[("x", "1"), ("y", "1"), ("z", "1")],
        "1",
    );
    id(
        "data: x\n\nid: 1\ndata: y\n\ndata: z\n\n",
        &[("x", ""), ("y", "1"), ("z", "1")],
        "1",
    );
    id(
        "id: 1\ndata: x\n\nid: 1\ndata: y\n\n",
        &[("x", "1"), ("y", "1")],
        "1",
    );
    id(
        "id: 1\ndata: x\n\nid: 2\ndata: y\n\n",
        &[("x", "1"), ("y", "2")],
        "2",
    );
    id(
        "id: 1\ndata: x\n\nid: 2\n\nid: 1\n\ndata: y\n\n",
        &[("x", "1"), ("y", "1")],
        "1",
    );
    id(
        "id: 1\ndata: x\n\nid: 2\nid: 1\ndata: y\n\n",
        &[("x", "1"), ("y", "1")],
        "1",
    );
    // An empty one resets it.
    id(
        "id: 1\ndata: x\n\nid\ndata: y\n\n",
        &[("x", "1"), ("y", "")],
        "",
    );
    id(
        "id: 1\ndata: x\n\nid:\ndata: y\n\ndata: z\n\n",
        &[("x", "1"), ("y", ""), ("z", "")],
        "",
    );
    id("id: 1\ndata: x\n\nid: \n\n", &[("x", "1")], "");
    id("id: 1\nid:\ndata: x\n\n", &[("x", "")], "");
    id(
        "id: 1\ndata\n\nid\ndata\n\nid: 1\ndata\n\n",
        &[("", "1"), ("", ""), ("", "1")],
        "1",
    );
    // A blank line without data takes it over too.
    id("id: 1\n\n", &[], "1");
    id("id: 1\n\ndata: x\n\n", &[("x", "1")], "1");
    id("id: 1\nevent: e\n\ndata: x\n\n", &[("x", "1")], "1");
    id("id: 1\n\nid: 2\n\n", &[], "2");
    id(
        "id: 1\ndata: x\n\nid: 2\n\ndata: y\n\ndata: z\n\n",
        &[("x", "1"), ("y", "2"), ("z", "2")],
        "2",
    );
    id("id: 1\r\r", &[], "1");
    // Only a blank line does.
    id("id: 1\n", &[], "");
    id("id: 1\n\nid: 2\n", &[], "1");
    id("id: 1\n\nid: 2\ndata: x\n", &[], "1");
    id("id: 1\n\nid: 2", &[], "1");
    id("id: 1\n:\nfoo\n", &[], "");
}

#[test]
fn an_id_with_nul_is_ignored() {
    id("id: \0\ndata: x\n\n", &[("x", "")], "");
    id("id: 1\nid: \0\ndata: x\n\n", &[("x", "1")], "1");
    id("id: 1\n\nid: 2\0\ndata: x\n\n", &[("x", "1")], "1");
    id("id: 1\n\nid: \u{0}2\n\n", &[], "1");
    id("id: \0\nid: 2\n\n", &[], "2");
    id("id:\0\n\n", &[], "");
    id("id: a\0b\n\nid: c\n\n", &[], "c");
    // What only looks like NUL.
    id("id: \\0\n\nid: %00\n\nid: ␀\n\n", &[], "␀");
    id(b"id: \xC0\x80\n\n", &[], "\u{FFFD}\u{FFFD}");
    id(b"id: \xE0\x80\x80\n\n", &[], "\u{FFFD}\u{FFFD}\u{FFFD}");
}

#[test]
fn retry() {
    time("retry: 5\n", 5);
    time("retry:5\n", 5);
    time("retry: 5\n\n", 5);
    time("retry: 5\r", 5);
    time("retry: 0\n", 0);
    time("retry: 000\n", 0);
    time("retry: 007\n", 7);
    time("retry: 1234567890\n", 1_234_567_890);
    time("retry: 5\nretry: 6\n", 6);
    time("retry: 5\n\nretry: 3000\n\n", 3000);
    all("retry: 5\ndata: x\n\n", &[("message", "x", "")], "", 5);
    all(
        "data: x\nretry: 5\n\ndata: y\n\n",
        &[("message", "x", ""), ("message", "y", "")],
        "",
        5,
    );
    all("data: x\nretry: 5\nid: 1", &[], "", 5);
}

#[test]
fn a_retry_that_is_not_digits_alone_is_ignored() {
    for value in [
        "",
        " ",
        "  5",
        " \t5",
        "\t5",
        "5 ",
        " 5 ",
        "5\t",
        "+5",
        "-5",
        "--5",
        "5.",
        "5.0",
        ".5",
        "5e3",
        "0x5",
        "5s",
        "5ms",
        "5,000",
        "5_000",
        "1 000",
        "five",
        "5\0",
        "\u{0}5",
        "٣",
        "５",
        "5٣",
        "²",
        "𝟓",
        "½",
        "NaN",
        "Infinity",
        "\"5\"",
        "5;",
        "\u{FEFF}5",
        "5\u{FEFF}",
        "\u{A0}5",
        ":5",
        "5:",
    ] {
        time(format!("retry: {value}\n"), 3000);
        time(format!("retry: 7\nretry: {value}\n\n"), 7);
    }
    time(b"retry: \xFF\n", 3000);
    time(b"retry: 5\xFF\n", 3000);
    time(b"retry: \xB5\n", 3000);
    // It takes effect with its own line, not without.
    time("retry: 5", 3000);
    time("retry: 5\nretry: 55", 5);
    time("retry\n", 3000);
    time("retry:\n", 3000);
}

#[test]
fn a_huge_retry_saturates() {
    time("retry: 2147483647\n", 2_147_483_647);
    time("retry: 2147483648\n", 2_147_483_648);
    time("retry: 4294967295\n", 4_294_967_295);
    time("retry: 4294967296\n", 4_294_967_296);
    time("retry: 9007199254740993\n", 9_007_199_254_740_993);
    time("retry: 18446744073709551614\n", u64::MAX - 1);
    time("retry: 18446744073709551615\n", u64::MAX);
    time("retry: 18446744073709551616\n", u64::MAX);
    time("retry: 18446744073709551620\n", u64::MAX);
    time("retry: 99999999999999999999\n", u64::MAX);
    time("retry: 100000000000000000000\n", u64::MAX);
    time(format!("retry: 1{}\n", "0".repeat(400)), u64::MAX);
    time(format!("retry: {}5\n", "0".repeat(400)), 5);
    time("retry: 99999999999999999999\nretry: 5\n", 5);
}

#[test]
fn the_end_of_the_stream() {
    nothing("data");
    nothing("data: x");
    nothing("data: x\n");
    nothing("data: x\r");
    nothing("data: x\r\n");
    nothing("data: x\ndata: y");
    nothing("data: x\n:");
    nothing("data: x\n ");
    nothing("event: e\ndata: x\nid: 1\n");
    nothing(b"data: x\n\xEF\xBB\xBF");
    data("data: x\n\ndata: y\n", &["x"]);
    data("data: x\n\ndata: y", &["x"]);
    data(b"data: x\n\ndata: \xE2\x82", &["x"]);
}

#[test]
fn well_formed_characters() {
    let first_and_last_of_each_length = "\0\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}";
    decoded_all_and_each(first_and_last_of_each_length);
    decoded_all_and_each(
        "\u{D7FF}\u{E000}\u{FFFD}\u{FFFC}\u{FEFE}\u{FF00}\u{3FFFF}\u{40000}\u{FFFFF}\u{100000}",
    );
    let noncharacters = "\u{FDD0}\u{FDEF}\u{FFFE}\u{FFFF}\u{1FFFE}\u{1FFFF}\u{10FFFE}\u{10FFFF}";
    decoded_all_and_each(noncharacters);
    decoded_all_and_each("é€日本🙂👩‍👩‍👧e\u{301}\u{202E}\u{200B}\u{FEFF}");
}

/// Without NUL in the IDs: that has tests of its own.
#[track_caller]
fn decoded_all_and_each(text: &str) {
    let text: String = text.chars().filter(|&char| char != '\0').collect();
    decoded(text.as_bytes(), &text);
    for char in text.chars() {
        decoded(char.to_string().as_bytes(), &char.to_string());
    }
}

#[test]
fn malformed_characters() {
    let malformed = |bytes: &[u8], count: usize| decoded(bytes, &"\u{FFFD}".repeat(count));

    // Continuation bytes alone.
    malformed(b"\x80", 1);
    malformed(b"\xBF", 1);
    malformed(b"\x80\x81\x82\x83", 4);
    // Bytes that never occur.
    malformed(b"\xC0", 1);
    malformed(b"\xC1", 1);
    malformed(b"\xF5", 1);
    malformed(b"\xF8\xFC\xFE\xFF", 4);
    malformed(b"\xF8\x88\x80\x80\x80", 5);
    malformed(b"\xFC\x84\x80\x80\x80\x80", 6);
    // Truncated: one for as much as could have become a character.
    malformed(b"\xC2", 1);
    malformed(b"\xDF", 1);
    malformed(b"\xE0", 1);
    malformed(b"\xE0\xA0", 1);
    malformed(b"\xE2\x82", 1);
    malformed(b"\xEF\xBB", 1);
    malformed(b"\xF0", 1);
    malformed(b"\xF0\x90", 1);
    malformed(b"\xF0\x9F\x99", 1);
    malformed(b"\xF4\x8F\xBF", 1);
    malformed(b"\xC2\xC2", 2);
    malformed(b"\xE2\x82\xE2\x82", 2);
    malformed(b"\xF0\x9F\x99\xF0\x9F", 2);
    malformed(b"\xF0\xE0\xC2", 3);
    // Overlong: one for every byte, as none can follow the first.
    malformed(b"\xC0\x80", 2);
    malformed(b"\xC0\x8A", 2);
    malformed(b"\xC0\xBA", 2);
    malformed(b"\xC1\xBF", 2);
    malformed(b"\xE0\x80\x80", 3);
    malformed(b"\xE0\x9F\xBF", 3);
    malformed(b"\xF0\x80\x80\x80", 4);
    malformed(b"\xF0\x8F\xBF\xBF", 4);
    // Surrogates, single and in pairs.
    malformed(b"\xED\xA0\x80", 3);
    malformed(b"\xED\xAF\xBF", 3);
    malformed(b"\xED\xB0\x80", 3);
    malformed(b"\xED\xBF\xBF", 3);
    malformed(b"\xED\xA0\xBD\xED\xB9\x82", 6);
    malformed(b"\xED", 1);
    malformed(b"\xED\x9F", 1);
    // Beyond U+10FFFF.
    malformed(b"\xF4\x90\x80\x80", 4);
    malformed(b"\xF4\xBF\xBF\xBF", 4);
    malformed(b"\xF5\x80\x80\x80", 4);
    malformed(b"\xF7\xBF\xBF\xBF", 4);

    // Mixed with what is well-formed.
    decoded(b"\xE2\x82\xE2\x82\xAC", "\u{FFFD}€");
    decoded(b"\xE2\x82\xAC\x80", "€\u{FFFD}");
    decoded(
        b"\xC2A\xE2\x82A\xF0\x9F\x99A",
        "\u{FFFD}A\u{FFFD}A\u{FFFD}A",
    );
    decoded(b"\xE0\x9F\xC2\xA0", "\u{FFFD}\u{FFFD}\u{A0}");
    decoded(b"\xC2\xC2\xA0", "\u{FFFD}\u{A0}");
    decoded(b"\xF0\x9F\x99\x82\x82", "🙂\u{FFFD}");
    decoded(b"\xFF\xEF\xBB\xBF\xFF", "\u{FFFD}\u{FEFF}\u{FFFD}");
    decoded(
        b"\xED\x9F\xBF\xED\xA0\x80\xEE\x80\x80",
        "\u{D7FF}\u{FFFD}\u{FFFD}\u{FFFD}\u{E000}",
    );
}

#[test]
fn a_truncated_character_swallows_no_syntax() {
    data(b"data: \xE2\n\n", &["\u{FFFD}"]);
    data(b"data: \xE2\r\r", &["\u{FFFD}"]);
    data(b"data: \xE2\x82\r\n\r\n", &["\u{FFFD}"]);
    data(
        b"data: \xF0\x9F\ndata: \x99\x82\n\n",
        &["\u{FFFD}\n\u{FFFD}\u{FFFD}"],
    );
    data(
        b"data: \xF0\x9F\n\ndata: \x99\x82\n\n",
        &["\u{FFFD}", "\u{FFFD}\u{FFFD}"],
    );
    data(b"data:\xE2 x\n\n", &["\u{FFFD} x"]);
    data(b"data: \xE2:\n\n", &["\u{FFFD}:"]);
    nothing(b"\xE2data: x\n\n");
    nothing(b"data\xE2: x\n\n");
    nothing(b"\xE2:\n\xE2\n\n");
    data(b"\xE2\ndata: x\n\n", &["x"]);
    data(b"data: x\n\xE2\n\n", &["x"]);
    // A stray byte makes a line that is not blank.
    nothing(b"data: x\n\x80\n");
    id(b"id: \xE2\n\n", &[], "\u{FFFD}");
    id(b"id: \xE2\x82\0\n\n", &[], "");
    typed(b"event: \xE2\ndata\xE2\ndata\n\n", &[("\u{FFFD}", "")]);
    // What a replacement adds to the length of one string shifts the strings behind it.
    typed(
        b"data: \xFF\nevent: \xFF\n\ndata: a\nevent: b\n\n",
        &[("\u{FFFD}", "\u{FFFD}"), ("b", "a")],
    );
}

#[test]
fn garbage_hides_no_event() {
    let garbage: Vec<u8> = (0..=255).filter(|byte| !b"\r\n".contains(byte)).collect();
    let stream = [b"data: x\n\n", &garbage[..], b"\n\ndata: y\n\n"].concat();
    data(&stream, &["x", "y"]);
    data(b"\x1F\x8B\x08\0\0\0\0\0\n\ndata: y\n\n", &["y"]);
}

#[test]
fn long_things() {
    let long = "0123456789abcdef".repeat(12);
    data(format!("data: {long}\n\n"), &[&long]);
    data(format!(":{long}\ndata: x\n\n"), &["x"]);
    nothing(format!("{long}: x\ndata{long}: x\n\n"));
    all(
        format!("event: {long}\nid: {long}\ndata\n\n"),
        &[(&long, "", &long)],
        &long,
        3000,
    );
    let many = vec!["x"; 30];
    data("data: x\n\n".repeat(30), &many);
    data("data: x\n".repeat(30) + "\n", &[&many.join("\n")]);
}

#[test]
fn the_layout_of_a_batch() {
    let layout = |input: &str, text: &str, table: &[i32]| {
        let batch = EventStream::new().feed(input.as_bytes()).unwrap();
        assert_eq!(str::from_utf8(batch.text()), Ok(text));
        assert_eq!(batch.table(), table);
    };
    layout("data: x\n\n", "x", &[1, 1, -1]);
    layout("data\n\n", "", &[0, 0, -1]);
    layout("data: x\nevent: e\nid: 1\n\ndata: y", "xe1", &[1, 2, 3]);
    layout("data: é🙂\nevent: €\nid: 日本\n\n", "é🙂€日本", &[3, 4, 6]);
    // An ID is stated when it is new.
    layout("data: x\n\ndata: y\n\n", "xy", &[1, 1, -1, 2, 2, -1]);
    layout(
        "id: 1\ndata: x\n\nid: 1\ndata: y\n\n",
        "x1y",
        &[1, 1, 2, 3, 3, -1],
    );
    layout(
        "id: 1\ndata\n\nid\n\ndata\n\ndata\n\n",
        "1",
        &[0, 0, 1, 1, 1, 1, 1, 1, -1],
    );

    let mut stream = EventStream::new();
    let batch = stream.feed(b"id: 1\ndata: x\n\n").unwrap();
    assert_eq!((batch.text(), batch.table()), (&b"x1"[..], &[1, 1, 2][..]));
    let batch = stream.feed(b"data: y\n\n").unwrap();
    assert_eq!((batch.text(), batch.table()), (&b"y"[..], &[1, 1, -1][..]));
    assert_eq!(batch.events().next().unwrap().last_event_id, "1");
}

/// One response after the other, each read to its end, on one stream.
#[track_caller]
fn restarted(
    responses: &[&[u8]],
    events: &[(&str, &str, &str)],
    last_event_id: &str,
    reconnection_time: u64,
) {
    let expected = outcome(events, last_event_id, reconnection_time);
    assert_eq!(interpret(responses), expected, "the oracle");
    let cut_whole: fn(usize) -> Vec<usize> = |_| vec![];
    let cut_to_bytes = |length| (1..length).collect();
    for cuts in [cut_whole, cut_to_bytes] {
        let mut fed = Fed::new();
        for response in responses {
            fed.feed(response, cuts(response.len()));
            fed.restart();
        }
        assert_eq!(fed.outcome(), expected);
    }
}

#[test]
fn a_restart_forgets_what_is_incomplete() {
    let x = [("message", "x", "")];
    restarted(&[b"data: a\n", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"data: a\n", b"\n"], &[], "", 3000);
    restarted(&[b"data: ", b"a\n\n"], &[], "", 3000);
    restarted(&[b"da", b"ta: a\n\n"], &[], "", 3000);
    restarted(&[b"da", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"event: e\n", b"data: x\n\n"], &x, "", 3000);
    restarted(&[b"event: e\ndata: a", b"data: x\n\n"], &x, "", 3000);
    restarted(
        &[b"data: \xE2\x82", b"\xAC\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
    restarted(&[b"retry: 5", b"\n"], &[], "", 3000);
    restarted(&[b"retry: 5", b"0\n"], &[], "", 3000);
    restarted(&[b"", b"", b"data: x\n\n", b""], &x, "", 3000);
    // The complete events before it are not affected.
    restarted(&[b"data: x\n\ndata: y", b"\n\n"], &x, "", 3000);
    restarted(
        &[b"data: a\n", b"data: b\n", b":\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
}

#[test]
fn a_restart_makes_byte_order_mark_and_cr_fresh() {
    let x = [("message", "x", "")];
    restarted(&[b"\xEF\xBB\xBF", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(&[b":\n", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(
        &[b"\xEF\xBB", b"\xBFdata: a\n\n", b"data: x\n\n"],
        &x,
        "",
        3000,
    );
    restarted(&[b"\xEF\xBB", b"\xEF\xBB\xBFdata: x\n\n"], &x, "", 3000);
    restarted(
        &[b":\n", b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\n"],
        &[],
        "",
        3000,
    );
    // The LF is a line of its own, so that the byte order mark behind it is not at the start.
    restarted(&[b":\r", b"\n\xEF\xBB\xBFdata: a\n\n"], &[], "", 3000);
    restarted(&[b"data: x\r\r", b"\n\n\r\n"], &x, "", 3000);
}

#[test]
fn a_restart_keeps_last_event_id_and_reconnection_time() {
    restarted(
        &[b"id: 1\n\nretry: 5\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        5,
    );
    restarted(&[b"id: 1\n\n", b"\n"], &[], "1", 3000);
    restarted(&[b"id: 1\n\n", b"", b""], &[], "1", 3000);
    restarted(
        &[b"id: 1\n\n", b"id\n\n", b"data: x\n\n"],
        &[("message", "x", "")],
        "",
        3000,
    );
    restarted(
        &[b"id: 1\ndata: x\n\n", b"data: y\n\n"],
        &[("message", "x", "1"), ("message", "y", "1")],
        "1",
        3000,
    );
    // An ID that no blank line has committed is lost.
    restarted(
        &[b"id: 1\n", b"data: x\n\n"],
        &[("message", "x", "")],
        "",
        3000,
    );
    restarted(
        &[b"id: 1\n\nid: 2\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        3000,
    );
    restarted(
        &[b"id: 1\n\nid\n", b"\n", b"data: x\n\n"],
        &[("message", "x", "1")],
        "1",
        3000,
    );
    restarted(&[b"id: 1\n\nid: 2\ndata: a\n", b"id: 3\n"], &[], "1", 3000);
    // A new one that no event has had yet.
    restarted(
        &[b"data: x\n\nid: 1\n\n", b"data: y\n\n"],
        &[("message", "x", ""), ("message", "y", "1")],
        "1",
        3000,
    );
}
