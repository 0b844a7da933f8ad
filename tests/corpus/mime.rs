//! A Content-Type is that of an event stream exactly if the oracle says so. An input is a header's value.

use super::extract::extract;
use eventsource_wasm::is_event_stream;

pub(crate) fn check(input: &[u8]) {
    let value = String::from_utf8_lossy(input);
    assert_eq!(
        is_event_stream(&value),
        extract(&value).as_deref() == Some("text/event-stream")
    );
}
