//! Reads an event stream from standard input, and prints its events:
//!
//! ```sh
//! printf 'event: price\ndata: 42\n\n' | cargo run --example parse
//! ```

use eventsource_wasm::EventStream;
use std::io::{self, Read};

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut stream = EventStream::new();
    let mut buffer = [0; 4096];
    loop {
        let length = input.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        let Some(batch) = stream.feed(&buffer[..length]) else {
            continue;
        };
        for event in batch.events() {
            println!("{}: {}", event.event_type, event.data);
        }
    }
}
