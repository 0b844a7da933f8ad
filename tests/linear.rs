//! The time is linear in the bytes, for lines and chunks of any length.
//!
//! Nothing is measured. The inputs are so large that quadratic code would hardly ever finish. For instance,
//! if every 1-byte chunk copied or searched the unfinished line again, a line of 4 MB would cost 8 million
//! million byte steps, which is most of an hour at the speed of memory. Linear code needs only four million
//! calls of `feed`.

#![cfg(not(any(target_arch = "wasm32", miri)))]

use eventsource_wasm::EventStream;

const MB: usize = 1_000_000;
const CHUNK: usize = 64 * 1024;

/// Feeds `bytes` in chunks of this size. Returns how many events there are, and how many bytes of data they
/// have.
fn feed(stream: &mut EventStream, bytes: &[u8], chunk_size: usize) -> (usize, usize) {
    let (mut events, mut data) = (0, 0);
    for chunk in bytes.chunks(chunk_size) {
        if let Some(batch) = stream.feed(chunk) {
            for event in batch.events() {
                events += 1;
                data += event.data.len();
            }
        }
    }
    (events, data)
}

/// `bytes` give this many events and bytes of data, both in the smallest chunks and in one large one.
#[track_caller]
fn gives(bytes: &[u8], events: usize, data: usize) {
    for chunk_size in [1, bytes.len()] {
        assert_eq!(
            feed(&mut EventStream::new(), bytes, chunk_size),
            (events, data)
        );
    }
}

fn line(start: &str, length: usize, filler: u8) -> Vec<u8> {
    let mut line = start.as_bytes().to_vec();
    line.resize(start.len() + length, filler);
    line.push(b'\n');
    line
}

#[test]
fn one_long_line() {
    gives(
        &[line("data:", 4 * MB, b'x'), line("", 0, 0)].concat(),
        1,
        4 * MB,
    );
}

#[test]
fn one_long_line_of_something_else() {
    for start in [":", "event:", "id:", "retry:", "", "data"] {
        gives(
            &[line(start, MB / 4, b'7'), b"data\n\n".to_vec()].concat(),
            1,
            0,
        );
    }
}

#[test]
fn one_long_line_of_malformed_bytes() {
    gives(
        &[line("data:", MB, 0xFF), line("", 0, 0)].concat(),
        1,
        3 * MB,
    );
}

/// If every chunk copied the unfinished event again, this would move 80 GB.
#[test]
fn one_event_of_100_mb() {
    let mut stream = EventStream::new();
    let chunk = vec![b'x'; CHUNK];
    assert!(stream.feed(b"data:").is_none());
    for _ in 0..100 * MB / CHUNK {
        assert!(stream.feed(&chunk).is_none());
    }
    let batch = stream.feed(b"\n\n").unwrap();
    let length = 100 * MB / CHUNK * CHUNK;
    assert_eq!(batch.text().len(), length);
    let end = i32::try_from(length).unwrap();
    assert_eq!(batch.table(), [end, end, -1]);
}

#[test]
fn many_lines_of_one_event() {
    let count = MB / 4;
    gives(
        &[line("data", 0, 0).repeat(count), line("", 0, 0)].concat(),
        1,
        count - 1,
    );
}

#[test]
fn many_events() {
    let count = MB / 4;
    gives(&b"data:x\n\n".repeat(count), count, count);
}

#[test]
fn many_line_ends() {
    for end in ["\n", "\r", "\r\n"] {
        gives(end.repeat(MB / 4).as_bytes(), 0, 0);
    }
}

// The ID stays after its line. A long one must not make later lines slower.

#[test]
fn many_blank_lines_after_a_long_id() {
    let mut stream = with_a_long_id();
    feed(&mut stream, &b"\n".repeat(MB), CHUNK);
    assert_eq!(stream.last_event_id().len(), MB);
}

#[test]
fn many_events_after_a_long_id() {
    let count = MB / 6;
    assert_eq!(
        feed(&mut with_a_long_id(), &b"data\n\n".repeat(count), MB),
        (count, 0)
    );
}

#[test]
fn many_chunks_with_an_event_after_a_long_id() {
    let count = MB / 6;
    assert_eq!(
        feed(&mut with_a_long_id(), &b"data\n\n".repeat(count), 1),
        (count, 0)
    );
}

fn with_a_long_id() -> EventStream {
    let mut stream = EventStream::new();
    feed(
        &mut stream,
        &[line("id:", MB, b'x'), line("", 0, 0)].concat(),
        CHUNK,
    );
    stream
}
