//! Bytes to characters, with as many replacements for malformed bytes as the Encoding standard says.

use crate::{data, decoded, id, nothing, typed};

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

/// The IDs have no NUL, because that is tested separately.
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
    // Truncated: one replacement for all the bytes that could have become a character.
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
    // Overlong: one replacement for each byte, because no valid character begins like this.
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

    // Mixed with well-formed text.
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
    typed(b"data: \xC3\nevent: \xA9\n\n", &[("\u{FFFD}", "\u{FFFD}")]);
    data(b"data:\xE2 x\n\n", &["\u{FFFD} x"]);
    data(b"data: \xE2:\n\n", &["\u{FFFD}:"]);
    nothing(b"\xE2data: x\n\n");
    nothing(b"data\xE2: x\n\n");
    nothing(b"\xE2:\n\xE2\n\n");
    data(b"\xE2\ndata: x\n\n", &["x"]);
    data(b"data: x\n\xE2\n\n", &["x"]);
    // A line that has only a stray byte is not blank.
    nothing(b"data: x\n\x80\n");
    id(b"id: \xE2\n\n", &[], "\u{FFFD}");
    id(b"id: \xE2\x82\0\n\n", &[], "");
    typed(b"event: \xE2\ndata\xE2\ndata\n\n", &[("\u{FFFD}", "")]);
    // A replacement makes a string longer, so the strings after it move.
    typed(
        b"data: \xFF\nevent: \xFF\n\ndata: a\nevent: b\n\n",
        &[("\u{FFFD}", "\u{FFFD}"), ("b", "a")],
    );
}
