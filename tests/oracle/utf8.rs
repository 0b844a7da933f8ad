//! UTF-8 decode, transcribed from the Encoding standard: the decoder's state machine, which takes one byte
//! after the other.

/// [UTF-8 decode](https://encoding.spec.whatwg.org/#utf-8-decode)
pub(crate) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_without_bom(rest),
        _ => decode_without_bom(bytes),
    }
}

/// [UTF-8 decode without BOM](https://encoding.spec.whatwg.org/#utf-8-decode-without-bom): every
/// error becomes U+FFFD.
fn decode_without_bom(bytes: &[u8]) -> String {
    let mut decoder = Decoder::new();
    let mut output = String::new();
    let mut position = 0;
    loop {
        let byte = bytes.get(position).copied();
        position += 1;
        match decoder.handle(byte) {
            Result::Continue => {}
            Result::CodePoint(code_point) => output.push(char::from_u32(code_point).unwrap()),
            Result::Error => output.push('\u{FFFD}'),
            Result::ErrorAndRestore => {
                output.push('\u{FFFD}');
                position -= 1;
            }
            Result::Finished => return output,
        }
    }
}

struct Decoder {
    code_point: u32,
    bytes_seen: u32,
    bytes_needed: u32,
    lower_boundary: u8,
    upper_boundary: u8,
}

enum Result {
    Finished,
    Error,
    /// An error, after which the byte goes back into the queue.
    ErrorAndRestore,
    CodePoint(u32),
    Continue,
}

impl Decoder {
    fn new() -> Self {
        Self {
            code_point: 0,
            bytes_seen: 0,
            bytes_needed: 0,
            lower_boundary: 0x80,
            upper_boundary: 0xBF,
        }
    }

    /// [UTF-8 decoder's handler](https://encoding.spec.whatwg.org/#utf-8-decoder); `None` is the end
    /// of the queue.
    fn handle(&mut self, byte: Option<u8>) -> Result {
        let Some(byte) = byte else {
            if self.bytes_needed != 0 {
                self.bytes_needed = 0;
                return Result::Error;
            }
            return Result::Finished;
        };
        if self.bytes_needed == 0 {
            match byte {
                0x00..=0x7F => return Result::CodePoint(u32::from(byte)),
                0xC2..=0xDF => {
                    self.bytes_needed = 1;
                    self.code_point = u32::from(byte & 0x1F);
                }
                0xE0..=0xEF => {
                    if byte == 0xE0 {
                        self.lower_boundary = 0xA0;
                    }
                    if byte == 0xED {
                        self.upper_boundary = 0x9F;
                    }
                    self.bytes_needed = 2;
                    self.code_point = u32::from(byte & 0xF);
                }
                0xF0..=0xF4 => {
                    if byte == 0xF0 {
                        self.lower_boundary = 0x90;
                    }
                    if byte == 0xF4 {
                        self.upper_boundary = 0x8F;
                    }
                    self.bytes_needed = 3;
                    self.code_point = u32::from(byte & 0x7);
                }
                _ => return Result::Error,
            }
            return Result::Continue;
        }
        if byte < self.lower_boundary || byte > self.upper_boundary {
            *self = Self::new();
            return Result::ErrorAndRestore;
        }
        self.lower_boundary = 0x80;
        self.upper_boundary = 0xBF;
        self.code_point = (self.code_point << 6) | u32::from(byte & 0x3F);
        self.bytes_seen += 1;
        if self.bytes_seen != self.bytes_needed {
            return Result::Continue;
        }
        let code_point = self.code_point;
        *self = Self::new();
        Result::CodePoint(code_point)
    }
}
