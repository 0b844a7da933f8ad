//! How much of an unfinished event is held.

use eventsource_wasm::EventStream;

#[test]
fn lines_and_data_that_are_not_complete() {
    let mut stream = EventStream::new();
    let mut holds = |chunk: &str, bytes: usize| {
        stream.feed(chunk.as_bytes());
        assert_eq!(stream.pending(), bytes, "after {chunk:?}");
    };
    holds("", 0);
    holds("data: ", 6);
    holds("xyz", 9);
    // The data buffer ends with an LF.
    holds("\n", 4);
    holds("data", 8);
    holds("\r", 5);
    holds("\n", 5);
    holds(":comment", 13);
    holds("\nevent: e\nid: 1\nretry: 5\nx: y\n", 5);
    holds("\n", 0);
    holds("data: x\n\ndata: y\n\nid", 2);
    holds(": 1\n\n", 0);
    holds("data: €🙂\n", 8);
    holds("\n\n\n", 0);
}

#[test]
fn a_restart_holds_nothing() {
    for incomplete in [
        &b"data"[..],
        b"data\n",
        b"data\ndata: \xF0",
        b"\xEF\xBB\xBF",
        b"\r",
    ] {
        let mut stream = EventStream::new();
        stream.feed(incomplete);
        stream.restart();
        assert_eq!(stream.pending(), 0);
    }
}
