#![no_main]

#[path = "../../tests/corpus/connection.rs"]
mod connection;
#[path = "../../tests/oracle/event.rs"]
mod event;
#[path = "../../tests/oracle/rows.rs"]
mod rows;
#[path = "../../tests/oracle/watched.rs"]
mod watched;

libfuzzer_sys::fuzz_target!(|input: &[u8]| connection::check(input));
