//! Bytes to lines, which end with LF, CR or CRLF in any mixture. Drops one leading byte order mark.
//!
//! A line that is complete within a chunk is borrowed from it. Only a line that the end of a chunk cuts is
//! copied, into `partial`, which is never searched again. So the time is linear in the bytes, for lines and
//! chunks of any length.

use alloc::vec::Vec;
use core::mem;
use memchr::memchr2;

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Splits an event stream, fed in chunks, into its lines.
#[derive(Debug)]
pub(crate) struct Lines {
    partial: Vec<u8>,
    is_first: bool,
    /// The last byte was a CR. It has ended its line already; an LF right after it belongs to the same end.
    after_cr: bool,
}

impl Lines {
    pub(crate) fn new() -> Self {
        Self {
            partial: Vec::new(),
            is_first: true,
            after_cr: false,
        }
    }

    /// Calls `line` with every line that ends in `chunk`, without the line's end.
    pub(crate) fn feed(&mut self, chunk: &[u8], mut line: impl FnMut(&[u8])) {
        let mut rest = chunk;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = memchr2(b'\r', b'\n', rest) {
            self.end_line(&rest[..end], &mut line);
            let was_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if was_cr {
                self.after_cr = rest.is_empty();
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
        }
        self.partial.extend_from_slice(rest);
    }

    /// The length of the unfinished line, in bytes.
    pub(crate) fn pending(&self) -> usize {
        self.partial.len()
    }

    fn end_line(&mut self, last_part: &[u8], line: &mut impl FnMut(&[u8])) {
        let owned;
        let mut whole = last_part;
        if !self.partial.is_empty() {
            self.partial.extend_from_slice(last_part);
            owned = mem::take(&mut self.partial);
            whole = &owned;
        }
        if mem::take(&mut self.is_first) {
            whole = whole.strip_prefix(BYTE_ORDER_MARK).unwrap_or(whole);
        }
        line(whole);
    }
}
