//! The implementation against the oracle: on all short inputs over alphabets that love edges, and on
//! random long ones.
//!
//! `EVENTSOURCE_ROUNDS=100000 EVENTSOURCE_SEED=7 cargo test --test oracle random` tries more of
//! these, `EVENTSOURCE_DEEPER=1 cargo test --test oracle every` one token more of those.

#[path = "oracle/feed.rs"]
mod feed;
#[path = "oracle/random.rs"]
mod random;
#[path = "oracle/standard.rs"]
mod standard;
#[path = "oracle/words.rs"]
mod words;

use feed::{Fed, feed};
use random::{Random, rounds, variable};
use standard::{Event, interpret};
use std::cell::Cell;
use words::words;

/// Compares on all inputs of at most `depth` of the `letters`: fed whole, byte by byte, and cut into
/// two, at every place if `everywhere`, else at one that changes from input to input.
#[track_caller]
fn every_short_stream(letters: &[&[u8]], depth: u32, everywhere: bool) {
    let turn = Cell::new(0);
    let count = words(
        letters,
        depth + variable("EVENTSOURCE_DEEPER", 0),
        |input| {
            let expected = interpret(&[input]);
            let compare = |cuts: &[usize]| {
                let fed = feed(input, cuts.iter().copied());
                assert_eq!(
                    fed,
                    expected,
                    "\"{}\", cut at {cuts:?}",
                    input.escape_ascii()
                );
            };
            compare(&[]);
            compare(&(1..input.len()).collect::<Vec<_>>());
            if everywhere {
                (1..input.len()).for_each(|cut| compare(&[cut]));
            } else if !input.is_empty() {
                turn.set(turn.get() + 1);
                compare(&[turn.get() % input.len()]);
            }
        },
    );
    println!("{count} streams");
}

#[test]
fn every_short_stream_of_every_kind_of_token() {
    let letters: [&[u8]; 16] = [
        b"data",
        b"id",
        b"event",
        b"retry",
        b":",
        b" ",
        b"\n",
        b"\r",
        b"\0",
        b"x",
        b"5",
        b"\xEF\xBB\xBF",
        b"\xE2",
        b"\x82",
        b"\xAC",
        b"\t",
    ];
    every_short_stream(&letters, 4, true);
}

#[test]
fn every_short_stream_of_line_ends_and_data() {
    let letters: [&[u8]; 6] = [b"data", b":", b" ", b"\n", b"\r", b"x"];
    every_short_stream(&letters, 6, false);
}

#[test]
fn every_short_stream_of_line_ends_alone() {
    let letters: [&[u8]; 4] = [b"data", b"\n", b"\r", b"\r\n"];
    every_short_stream(&letters, 7, false);
}

#[test]
fn every_short_stream_of_whole_fields() {
    let letters: [&[u8]; 9] = [
        b"\n",
        b"data\n",
        b"data:x\n",
        b"id:1\n",
        b"id\n",
        b"id:\0\n",
        b"event:e\n",
        b"event\n",
        b"retry:5\n",
    ];
    every_short_stream(&letters, 5, false);
}

#[test]
fn every_short_stream_of_ids() {
    let letters: [&[u8]; 4] = [b"id:1\n", b"id\n", b"data\n", b"\n"];
    every_short_stream(&letters, 7, false);
}

#[test]
fn every_short_stream_of_byte_order_marks() {
    let letters: [&[u8]; 6] = [b"\xEF", b"\xBB", b"\xBF", b"data:", b"\n", b"\r"];
    every_short_stream(&letters, 6, false);
}

#[test]
fn every_short_retry() {
    let letters: [&[u8]; 10] = [
        b"retry:",
        b" ",
        b"0",
        b"5",
        b"1844674407370955161",
        b"+",
        b"-",
        b".",
        b"\n",
        "٣".as_bytes(),
    ];
    every_short_stream(&letters, 4, false);
}

/// All short sequences of bytes at the borders of what the decoder tells apart. They lie in one long
/// stream, each in the data, the type and the ID of an event, and in a field's name.
#[test]
fn every_short_byte_sequence() {
    let borders = b"A\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF";
    let letters: Vec<&[u8]> = borders.chunks(1).collect();
    let mut stream = Vec::new();
    let count = words(&letters, 3 + variable("EVENTSOURCE_DEEPER", 0), |bytes| {
        for part in [
            b"data:",
            bytes,
            b"\nevent:",
            bytes,
            b"\nid:",
            bytes,
            b"\ndata",
            bytes,
            b"\n\n",
        ] {
            stream.extend_from_slice(part);
        }
    });
    let expected = interpret(&[&stream]);
    assert_eq!(expected.events.len(), count);
    for size in [1, 2, 3, 5, 64 * 1024] {
        let fed = feed(&stream, (size..stream.len()).step_by(size));
        assert_same(&fed.events, &expected.events);
        assert_eq!(fed.last_event_id, expected.last_event_id);
    }
    println!("{count} byte sequences in {} bytes", stream.len());
}

/// Says which is the first to differ: they are too many to print.
#[track_caller]
fn assert_same(fed: &[Event], expected: &[Event]) {
    for (index, (fed, expected)) in fed.iter().zip(expected).enumerate() {
        assert_eq!(fed, expected, "event {index}");
    }
    assert_eq!(fed.len(), expected.len());
}

/// Some responses on one event source, each of up to a few hundred lines, cut at random.
#[test]
fn random_long_streams() {
    let (mut events, mut bytes) = (0, 0);
    rounds(200, |random| {
        let responses: Vec<_> = (0..=random.below(3)).map(|_| response(random)).collect();
        let mut fed = Fed::new();
        for response in &responses {
            fed.feed(response, random_cuts(random, response.len()));
            fed.restart();
            bytes += response.len();
        }
        let (fed, expected) = (fed.outcome(), interpret(&responses));
        assert_same(&fed.events, &expected.events);
        assert_eq!(fed, expected);
        events += fed.events.len();
    });
    println!("{events} events in {bytes} bytes");
}

fn response(random: &mut Random) -> Vec<u8> {
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

/// Of sizes up to a limit that is itself random, so that there are tiny chunks and large ones; some
/// are empty.
fn random_cuts(random: &mut Random, length: usize) -> Vec<usize> {
    let limit = 2 + random.one_of(&[0, 1, 5, 40, 1000]);
    let mut cuts = Vec::new();
    let mut end = random.below(limit);
    while end < length {
        cuts.push(end);
        end += random.below(limit);
    }
    cuts
}
