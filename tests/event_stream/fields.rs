//! Lines to fields: comments, colons, names; the data and the event fields.

use crate::{data, id, nothing, time, typed};

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
        // A byte order mark counts only at the very start, so the name is in a later line.
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
    // A type is valid for one event only.
    typed(
        "event: e\ndata: x\n\ndata: y\n\n",
        &[("e", "x"), ("message", "y")],
    );
    // An empty type makes it a message again.
    typed("event: e\nevent:\ndata: x\n\n", &[("message", "x")]);
    typed("event: e\nevent: \ndata: x\n\n", &[("message", "x")]);
    typed("event\ndata: x\n\n", &[("message", "x")]);
    typed("event:\nevent: e\ndata: x\n\n", &[("e", "x")]);
    // A blank line without data resets the type.
    typed("event: e\n\ndata: x\n\n", &[("message", "x")]);
    nothing("event: e\n\n");
    nothing("event: e\n\nevent: e\n\n");
}
