//! Checks what has to hold for any input, with every input in `fuzz/corpus`. The fuzzer, `fuzz/run.mjs`,
//! tries more inputs.

#![cfg(not(target_arch = "wasm32"))]

mod connection;
mod mime;
mod parser;

#[path = "../oracle/event.rs"]
mod event;
#[path = "../oracle/mime.rs"]
mod extract;
#[path = "../oracle/feed.rs"]
mod feed;
#[path = "../oracle/rows.rs"]
mod rows;
#[path = "../oracle/standard.rs"]
mod standard;
#[path = "../oracle/watched.rs"]
mod watched;

use std::{fs, path::Path};

fn all_of(name: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut count = 0;
    for entry in fs::read_dir(folder.join(name)).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        check(&fs::read(path).unwrap());
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn parser() {
    all_of("parser", parser::check);
}

#[test]
fn mime() {
    all_of("mime", mime::check);
}

#[test]
fn connection() {
    all_of("connection", connection::check);
}
