//! Where lines end, and the byte order mark before the first.

use crate::{all, data, nothing, time};
use eventsource_wasm::EventStream;

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
    // CR LF CR is a line's end and a blank line. So is LF CR LF.
    data("data\n\r\ndata\n\r\n", &["", ""]);
    data("data\r\n\rdata\r\n\r", &["", ""]);
    // A single CRLF does not make a blank line.
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
    let batch = stream.feed(b"data: y\nid: 1\nretry: 5\r");
    assert_eq!(batch.unwrap().reconnection_time(), Some(5));
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
    // A second one is data. Here, it is part of the name.
    nothing("\u{FEFF}\u{FEFF}data: x\n\n");
    data("\u{FEFF}\u{FEFF}data: x\ndata: y\n\n", &["y"]);
    data("\u{FEFF}\n\u{FEFF}data: x\ndata: y\n\n", &["y"]);
    // So is one that is not at the very start.
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
    // Part of a byte order mark is not one.
    nothing(b"\xEF\xBBdata: x\n\n");
    nothing(b"\xEFdata: x\n\n");
    nothing(b"\xBB\xBFdata: x\n\n");
    nothing(b"\xEF\xBB\xBEdata: x\n\n");
    data(b"\xEF\n\xBB\xBFdata: x\ndata: y\n\n", &["y"]);
    data(b"\xEF\xBB\n\xBF\ndata: y\n\n", &["y"]);
    // The byte order marks of other encodings are garbage.
    nothing(b"\xFE\xFFdata: x\n\n");
    nothing(b"\xFF\xFEd\0a\0t\0a\0:\0x\0\n\0\n\0");
}
