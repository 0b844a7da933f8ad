//! How long to wait before the connection is reestablished.

/// The [reconnection time](https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-reconnection-time),
/// in milliseconds: 3000 until a `retry` field sets it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ReconnectionTime(u64);

impl ReconnectionTime {
    pub(crate) fn milliseconds(self) -> u64 {
        self.0
    }

    /// Takes the value of a `retry` field. Returns false, and changes nothing, unless the value is ASCII
    /// digits only. A number that does not fit into 64 bits becomes the largest that does.
    pub(crate) fn set(&mut self, value: &[u8]) -> bool {
        if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
            return false;
        }
        self.0 = value.iter().fold(0, |time: u64, digit| {
            time.saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        });
        true
    }
}

impl Default for ReconnectionTime {
    fn default() -> Self {
        Self(3000)
    }
}
