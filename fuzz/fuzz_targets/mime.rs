#![no_main]

#[path = "../../tests/oracle/mime.rs"]
mod extract;
#[path = "../../tests/corpus/mime.rs"]
mod mime;

libfuzzer_sys::fuzz_target!(|input: &[u8]| mime::check(input));
