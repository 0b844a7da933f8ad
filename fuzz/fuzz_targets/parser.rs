#![no_main]

#[path = "../../tests/oracle/event.rs"]
mod event;
#[path = "../../tests/oracle/feed.rs"]
mod feed;
#[path = "../../tests/corpus/parser.rs"]
mod parser;
#[path = "../../tests/oracle/rows.rs"]
mod rows;
#[path = "../../tests/oracle/standard.rs"]
mod standard;

libfuzzer_sys::fuzz_target!(|input: &[u8]| parser::check(input));
