//! The parser alone, in native code, in bytes per second: `cargo bench`. It is compared with what limits it:
//! finding the ends of the lines, and only looking at each byte.

#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use divan::{Bencher, black_box, counter::BytesCount};
use eventsource_wasm::EventStream;
use memchr::{memchr, memchr2_iter};

/// The class feeds the parser chunks of this size.
const CHUNK: usize = 64 * 1024;
const STREAMS: [&str; 9] = [
    "tokens",
    "tiny",
    "named",
    "large",
    "multibyte",
    "lines",
    "crlf",
    "comments",
    "1 MB",
];

fn main() {
    divan::main();
}

#[divan::bench(args = STREAMS)]
fn parse(bencher: Bencher, name: &str) {
    let (bytes, count) = stream(name);
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| {
        let mut stream = EventStream::new();
        let mut rows = 0;
        for chunk in black_box(&bytes).chunks(CHUNK) {
            if let Some(batch) = stream.feed(chunk) {
                rows += black_box(batch.table()).len() / 3;
            }
        }
        assert_eq!(rows, count);
    });
}

#[divan::bench(args = STREAMS)]
fn line_ends(bencher: Bencher, name: &str) {
    let (bytes, _) = stream(name);
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench(|| memchr2_iter(b'\r', b'\n', black_box(&bytes)).count());
}

#[divan::bench(args = STREAMS)]
fn every_byte(bencher: Bencher, name: &str) {
    let (bytes, _) = stream(name);
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench(|| assert_eq!(memchr(0, black_box(&bytes)), None));
}

/// A stream of about 5 MB, and how many events it has.
fn stream(name: &str) -> (Vec<u8>, usize) {
    let event: &dyn Fn(usize) -> String = match name {
        "tokens" => &|i| format!("data: {}\n\n", token(i)),
        "tiny" => &|i| format!("data:{i:05}\n\n"),
        "named" => &|i| format!("event: price\nid: {i}\ndata: {{\"price\":{i}}}\n\n"),
        "large" => &|i| format!("data: {i} {}\n\n", text(11_000)),
        "multibyte" => &|i| format!("data: {i} съешь ещё этих булок 日本語の文字列です 🙂🚀\n\n"),
        "lines" => &|_| format!("{}\n", format!("data: {}\n", text(40)).repeat(20)),
        "crlf" => &|i| format!("id: {i}\r\ndata: {}\r\n\r\n", token(i)),
        "comments" => &|i| format!(": {}\n\n:\n\ndata: {}\n\n", text(60), token(i)),
        "1 MB" => &|i| format!("data: {i} {}\n\n", text(1_000_000)),
        _ => unreachable!(),
    };
    let count = 5_000_000 / event(0).len();
    (
        (0..count).flat_map(|i| event(i).into_bytes()).collect(),
        count,
    )
}

fn token(index: usize) -> String {
    format!("{{\"id\":{index},\"text\":\"{}\"}}", text(140))
}

fn text(length: usize) -> String {
    "the quick brown fox "
        .chars()
        .cycle()
        .take(length)
        .collect()
}
