//! The parser gives the same events as the oracle, no matter how the bytes are cut.
//!
//! Two bytes that do not occur in UTF-8 have a meaning in an input: 0xFE ends a chunk, and 0xFF ends a
//! response.

use super::{feed::feed, standard::interpret};

const CUT: u8 = 0xFE;
const END: u8 = 0xFF;

pub(crate) fn check(input: &[u8]) {
    let responses: Vec<Response> = input
        .split(|&byte| byte == END)
        .map(Response::new)
        .collect();
    let bytes: Vec<_> = responses.iter().map(|response| &response.bytes).collect();
    let expected = interpret(&bytes);
    let cut_by: [fn(&Response) -> &[usize]; 3] = [
        |response| &response.cuts,
        |_| &[],
        |response| &response.every_cut,
    ];
    for cuts in cut_by {
        let responses = responses.iter();
        let cut: Vec<_> = responses
            .map(|response| (&response.bytes[..], cuts(response)))
            .collect();
        assert_eq!(feed(&cut), expected);
    }
}

struct Response {
    bytes: Vec<u8>,
    cuts: Vec<usize>,
    every_cut: Vec<usize>,
}

impl Response {
    fn new(input: &[u8]) -> Self {
        let (mut bytes, mut cuts) = (Vec::new(), Vec::new());
        for &byte in input {
            match byte {
                CUT => cuts.push(bytes.len()),
                other => bytes.push(other),
            }
        }
        let every_cut = (1..bytes.len()).collect();
        Self {
            bytes,
            cuts,
            every_cut,
        }
    }
}
