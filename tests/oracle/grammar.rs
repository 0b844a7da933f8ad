//! A grammar that makes random event streams with many edge cases.

use super::random::Random;

/// The body of a response. It has up to a few hundred lines, and most of them look much like fields.
pub(crate) fn response(random: &mut Random) -> Vec<u8> {
    const STARTS: [&str; 14] = [
        "data", "data:", "data: ", "data:  ", "event:", "event: ", "id", "id:", "id: ", "retry: ",
        ":", "x", " data:", "",
    ];
    const PARTS: [&[u8]; 24] = [
        b" ",
        b":",
        b"\0",
        b"\t",
        b"x",
        b"0",
        b"5",
        b"99999999999999999999",
        b"data: ",
        b"id",
        b"message",
        "\u{FEFF}".as_bytes(),
        "é".as_bytes(),
        "€".as_bytes(),
        "🙂".as_bytes(),
        "\u{FFFE}\u{10FFFF}".as_bytes(),
        b"\xE2\x82",
        b"\xF0\x9F",
        b"\xED\xA0\x80",
        b"\xC0\x80",
        b"\x80",
        b"\xFF",
        b"\xC2",
        b"\xEF\xBB",
    ];
    const ENDS: [&str; 12] = [
        "\n", "\n", "\n", "\n\n", "\n\n", "\r", "\r\r", "\r\n", "\r\n\r\n", "\n\r", "\r\r\n", "",
    ];
    let mut response = Vec::new();
    if random.below(4) == 0 {
        response.extend("\u{FEFF}".bytes());
    }
    for _ in 0..random.below(300) {
        response.extend(random.one_of(&STARTS).bytes());
        for _ in 0..random.below(4) {
            response.extend(random.one_of(&PARTS));
        }
        match random.below(30) {
            0 => response.push(random.next().to_le_bytes()[0]),
            1 => response.extend(vec![b'y'; random.below(300)]),
            2 => drop(response.pop()),
            _ => {}
        }
        response.extend(random.one_of(&ENDS).bytes());
    }
    response
}

/// Random cuts. The limit of the chunks' size is random, too, so some inputs have tiny chunks and others have
/// large ones. Some chunks are empty.
pub(crate) fn random_cuts(random: &mut Random, length: usize) -> Vec<usize> {
    let limit = 2 + random.one_of(&[0, 1, 5, 40, 1000]);
    let mut cuts = Vec::new();
    let mut end = random.below(limit);
    while end < length {
        cuts.push(end);
        end += random.below(limit);
    }
    cuts
}
