//! How the events of a chunk are laid out for JavaScript.

use eventsource_wasm::EventStream;

/// The input's batch has this text and this table.
#[track_caller]
fn layout(input: &str, text: &str, table: &[i32]) {
    let batch = EventStream::new().feed(input.as_bytes()).unwrap();
    assert_eq!(str::from_utf8(batch.text()), Ok(text));
    assert_eq!(batch.table(), table);
}

/// The input has no batch.
#[track_caller]
fn none(input: &str) {
    assert!(EventStream::new().feed(input.as_bytes()).is_none());
}

#[test]
fn events() {
    layout("data: x\n\n", "x", &[1, 1, -1]);
    layout("data\n\n", "", &[0, 0, -1]);
    layout("data: x\nevent: e\nid: 1\n\ndata: y", "xe1", &[1, 2, 3]);
    layout("data: é🙂\nevent: €\nid: 日本\n\n", "é🙂€日本", &[3, 4, 6]);
    none("");
    none("\n\n");
    none("data: x\n");
    none("event: e\n\n");
}

#[test]
fn a_reconnection_time_is_stated_by_the_chunk_that_sets_it() {
    let mut stream = EventStream::new();
    let mut time = |chunk: &str| {
        let batch = stream.feed(chunk.as_bytes())?;
        Some((batch.reconnection_time(), batch.events().count()))
    };
    assert_eq!(time("data: x\nretry: 5"), None);
    assert_eq!(time("\n"), Some((Some(5), 0)), "and the event goes on");
    assert_eq!(time("\n"), Some((None, 1)));
    assert_eq!(time("retry: 5\nretry: 6\ndata\n\n"), Some((Some(6), 1)));
    assert_eq!(time("retry: 6\n"), Some((Some(6), 0)), "the same again");
    assert_eq!(time("retry: x\n"), None);
}

#[test]
fn an_id_is_stated_when_it_is_new() {
    layout("data: x\n\ndata: y\n\n", "xy", &[1, 1, -1, 2, 2, -1]);
    layout("id\ndata: x\n\n", "x", &[1, 1, -1]);
    layout(
        "id: 1\ndata: x\n\nid: 1\ndata: y\n\n",
        "x1y",
        &[1, 1, 2, 3, 3, -1],
    );
    layout(
        "id: 1\ndata: x\n\nid: 2\nid: 1\ndata: y\n\n",
        "x1y",
        &[1, 1, 2, 3, 3, -1],
    );
    layout(
        "id: 1\ndata: x\n\nid\ndata: y\n\n",
        "x1y",
        &[1, 1, 2, 3, 3, 3],
    );
}

#[test]
fn an_id_without_an_event() {
    layout("id: 1\n\n", "1", &[-1, 0, 1]);
    layout("id: é🙂日\n\n", "é🙂日", &[-1, 0, 4]);
    layout("id: 1\nevent: e\n\n", "1", &[-1, 0, 1]);
    layout("id: 1\n\nid: 2\n\n", "12", &[-1, 0, 1, -1, 1, 2]);
    layout("id: 1\n\nid\n\n", "1", &[-1, 0, 1, -1, 1, 1]);
    layout(
        "id: 1\n\nid: 2\n\nid: 1\n\n",
        "121",
        &[-1, 0, 1, -1, 1, 2, -1, 2, 3],
    );
    layout(
        "data: x\n\nid: 1\n\ndata: y\n\n",
        "x1y",
        &[1, 1, -1, -1, 1, 2, 3, 3, -1],
    );
    layout(
        "id: 1\ndata\n\nid\n\ndata\n\ndata\n\n",
        "1",
        &[0, 0, 1, -1, 1, 1, 1, 1, -1, 1, 1, -1],
    );
    layout(
        "id: 1\n\nevent: e\ndata: x\n\n",
        "1xe",
        &[-1, 0, 1, 2, 3, -1],
    );
    layout("id: 1\n\nid: 2\ndata: y", "1", &[-1, 0, 1]);
    // An ID that is not new adds no row.
    layout("id: 1\n\nid: 1\n\n\n", "1", &[-1, 0, 1]);
    layout("id: 1\n\nid: 2\nid: 1\n\n", "1", &[-1, 0, 1]);
    none("id\n\n");
    none("id: 1\nid\n\n");
    none("id: \0\n\n");
    none("id: 1\n");
}

#[test]
fn one_batch_after_the_other() {
    let mut stream = EventStream::new();
    let mut next = |input: &str| {
        let batch = stream.feed(input.as_bytes()).unwrap();
        let ids = batch.events().map(|event| event.last_event_id.to_string());
        let ids = ids.collect::<Vec<_>>().join(" ");
        let text = str::from_utf8(batch.text()).unwrap().to_string();
        (text, batch.table().to_vec(), ids)
    };
    let mut is = |input: &str, text: &str, table: &[i32], ids: &str| {
        assert_eq!(next(input), (text.into(), table.into(), ids.into()));
    };
    is("id: 1\ndata: x\n\n", "x1", &[1, 1, 2], "1");
    is("data: y\n\n", "y", &[1, 1, -1], "1");
    is("id: 1\ndata: y\n\n", "y", &[1, 1, -1], "1");
    is("id: 2\n\n", "2", &[-1, 0, 1], "");
    is("data: z\n\ndata: ", "z", &[1, 1, -1], "2");
    is("a\nid: 2\n\nid: 3\n\nda", "a3", &[1, 1, -1, -1, 1, 2], "2");
    is("ta\n\n\n", "", &[0, 0, -1], "3");
    is("id: 4\n\ndata: b\n\nda", "4b", &[-1, 0, 1, 2, 2, -1], "4");
    is("ta\nid\n\n", "", &[0, 0, 0], "");
}

/// A restart drops the incomplete event, and the batch of the next one is not affected.
#[test]
fn a_restart_between_batches() {
    let mut stream = EventStream::new();
    let batch = stream.feed(b"id: 1\n\ndata: a\nid: 2\n").unwrap();
    assert_eq!(batch.text(), b"1");
    stream.restart();
    assert!(stream.feed(b"\n").is_none(), "the ID is no new one");
    let batch = stream.feed(b"data: x\n\n").unwrap();
    assert_eq!((batch.text(), batch.table()), (&b"x"[..], &[1, 1, -1][..]));
    assert_eq!(batch.events().next().unwrap().last_event_id, "1");
}

#[test]
fn batches_are_equal_that_have_equal_events() {
    let batch = |input: &str| EventStream::new().feed(input.as_bytes()).unwrap();
    let same = |one: &str, other: &str| assert_eq!(batch(one), batch(other));
    let differ = |one: &str, other: &str| assert_ne!(batch(one), batch(other));
    same("data: x\n\n", "event: message\ndata: x\n\n");
    same("id: 1\n\ndata: x\n\n", "id: 1\ndata: x\n\n");
    differ("data: x\n\n", "data: y\n\n");
    differ("data: x\n\n", "event: e\ndata: x\n\n");
    differ("data: x\n\n", "id: 1\ndata: x\n\n");
    differ("data: x\n\n", "data: x\n\ndata: x\n\n");
}
