//! Compares the implementation with the oracle: on all short inputs over small alphabets that are full of
//! edge cases, and on long random inputs.
//!
//! - More random inputs: `EVENTSOURCE_ROUNDS=100000 EVENTSOURCE_SEED=7 cargo test --test oracle random`
//! - Short inputs with one token more: `EVENTSOURCE_DEEPER=1 cargo test --test oracle every`
//! - Fewer of both, because Miri is slow: `EVENTSOURCE_ROUNDS=2 EVENTSOURCE_DEEPER=-3`

#![cfg(not(target_arch = "wasm32"))]

#[path = "oracle/event.rs"]
mod event;
#[path = "oracle/feed.rs"]
mod feed;
#[path = "oracle/grammar.rs"]
mod grammar;
#[path = "oracle/random.rs"]
mod random;
#[path = "oracle/rows.rs"]
mod rows;
#[path = "oracle/standard.rs"]
mod standard;
#[path = "oracle/words.rs"]
mod words;

use event::Event;
use feed::feed;
use grammar::{random_cuts, response};
use random::{rounds, variable};
use standard::interpret;
use std::{cell::Cell, iter::zip};
use words::words;

/// Compares both on all inputs of at most `depth` of the `letters`. Each input is fed whole, byte by byte,
/// and in two chunks: cut at every place if `everywhere`, or else at a place that changes from input to
/// input.
#[track_caller]
fn every_short_stream(letters: &[&[u8]], depth: u32, everywhere: bool) {
    let turn = Cell::new(0);
    let count = words(
        letters,
        depth.saturating_add_signed(variable("EVENTSOURCE_DEEPER", 0)),
        |input| {
            let expected = interpret(&[input]);
            let compare = |cuts: &[usize]| {
                let fed = feed(&[(input, cuts)]);
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

/// All short sequences of the bytes where the decoder's ranges begin and end. They are in one long stream:
/// each is in the data, the type and the ID of an event, and in a field's name.
#[test]
fn every_short_byte_sequence() {
    let borders = b"A\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF";
    let letters: Vec<&[u8]> = borders.chunks(1).collect();
    let mut stream = Vec::new();
    let count = words(
        &letters,
        3_u32.saturating_add_signed(variable("EVENTSOURCE_DEEPER", 0)),
        |bytes| {
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
        },
    );
    let expected = interpret(&[&stream]);
    assert_eq!(expected.events.len(), count);
    for size in [1, 2, 3, 5, 64 * 1024] {
        let cuts: Vec<_> = (size..stream.len()).step_by(size).collect();
        let fed = feed(&[(&stream, &cuts)]);
        assert_same(&fed.events, &expected.events);
        assert_eq!(fed.last_event_id, expected.last_event_id);
    }
    println!("{count} byte sequences in {} bytes", stream.len());
}

/// Reports only the first events that differ, because there are too many to print.
#[track_caller]
fn assert_same(fed: &[Event], expected: &[Event]) {
    for (index, (fed, expected)) in fed.iter().zip(expected).enumerate() {
        assert_eq!(fed, expected, "event {index}");
    }
    assert_eq!(fed.len(), expected.len());
}

/// A few responses on one event source, cut at random. Each has up to a few hundred lines.
#[test]
fn random_long_streams() {
    let (mut events, mut bytes) = (0, 0);
    rounds(200, |random| {
        let mut responses: Vec<_> = (0..=random.below(3)).map(|_| response(random)).collect();
        // After this one, the stream is restarted after the last response, too.
        responses.push(Vec::new());
        let cuts: Vec<_> = responses
            .iter()
            .map(|response| random_cuts(random, response.len()))
            .collect();
        let cut: Vec<_> = zip(&responses, &cuts)
            .map(|(response, cuts)| (&response[..], &cuts[..]))
            .collect();
        let (fed, expected) = (feed(&cut), interpret(&responses));
        assert_same(&fed.events, &expected.events);
        assert_eq!(fed, expected);
        events += fed.events.len();
        bytes += responses.concat().len();
    });
    println!("{events} events in {bytes} bytes");
}
