//! Whole streams: short and long ones, the standard's examples, streams that end early, and garbage.

use crate::{all, data, id, nothing, typed};

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
