//! The id field and the last event ID.

use crate::id;

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
    // An ID stays.
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
    // An empty ID resets it.
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
    // A blank line without data sets it, too.
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
    // These only look like NUL.
    id("id: \\0\n\nid: %00\n\nid: ␀\n\n", &[], "␀");
    id(b"id: \xC0\x80\n\n", &[], "\u{FFFD}\u{FFFD}");
    id(b"id: \xE0\x80\x80\n\n", &[], "\u{FFFD}\u{FFFD}\u{FFFD}");
}
