//! Floor 3, `src/web`, in a real browser, run by `wasm-pack test`: streams from `data:` and `blob:` URLs, and
//! a
//! `fetch` that is broken in all the ways in which a page may break it.

#![cfg(target_arch = "wasm32")]

use eventsource_wasm::{EventStream, Sink, Source, Task};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/headless/recorder.js")]
extern "C" {
    type Recorder;
    #[wasm_bindgen(constructor)]
    fn new() -> Recorder;
    #[wasm_bindgen(method, getter)]
    fn last(this: &Recorder) -> Loss;
    /// The reports, one in each line, up to the first that begins with `last`.
    #[wasm_bindgen(method)]
    async fn until(this: &Recorder, last: &str) -> JsValue;
    #[wasm_bindgen(method, js_name = stillSilent)]
    async fn still_silent(this: &Recorder) -> JsValue;

    type Loss;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &Loss) -> String;
    #[wasm_bindgen(method, getter)]
    fn error(this: &Loss) -> JsValue;

    #[wasm_bindgen(js_name = inContext)]
    fn in_context() -> js_sys::Function;
    #[wasm_bindgen(js_name = ownUrl)]
    fn own_url() -> String;
    #[wasm_bindgen(js_name = blobUrl)]
    fn blob_url(bytes: &[u8], content_type: &str) -> String;
    #[wasm_bindgen(js_name = withFetch)]
    fn replace_fetch(body: &str);
    #[wasm_bindgen(js_name = restoreFetch)]
    fn restore_fetch();
}

#[wasm_bindgen(module = "/src/js/source.js")]
extern "C" {
    type RequestSource;
    #[wasm_bindgen(constructor)]
    fn new(url: &str, init: &js_sys::Object, in_context: &js_sys::Function) -> RequestSource;
}

fn start(url: &str) -> (Task, Recorder) {
    let recorder = Recorder::new();
    let sink: &JsValue = recorder.as_ref();
    let source: JsValue = RequestSource::new(url, &js_sys::Object::new(), &in_context()).into();
    let task = Task::new(
        source.unchecked_into::<Source>(),
        sink.clone().unchecked_into::<Sink>(),
    );
    (task, recorder)
}

async fn reports(url: &str, last: &str) -> String {
    let (task, recorder) = start(url);
    let reports = recorder.until(last).await.as_string().unwrap();
    task.close();
    reports
}

/// What the sink has to report about `stream`. The same parser says it, but Rust cuts the strings.
fn expected(stream: &[u8]) -> String {
    let batch = EventStream::new()
        .feed(stream)
        .expect("the stream has events");
    let events = batch.events().map(|event| {
        format!(
            "{}|{}|{}\n",
            event.event_type,
            event.data.replace('\n', "⏎"),
            event.last_event_id
        )
    });
    events.collect()
}

#[wasm_bindgen_test]
async fn a_stream_is_announced_delivered_and_reestablished() {
    let reports = reports(
        "data:text/event-stream,data:1%0A%0Aevent:e%0Aid:7%0Adata:2%0A%0A",
        "reestablish",
    )
    .await;
    assert_eq!(reports, "announce data:\nmessage|1|\ne|2|7\nreestablish\n");
}

/// The table counts UTF-16 code units. For any text, JavaScript has to cut where Rust does.
#[wasm_bindgen_test]
async fn javascript_cuts_a_batch_as_rust_does() {
    for stream in [
        "data:é😀日本\n\nevent:𝄞\nid:…\ndata:\ndata:\u{FEFF}x\n\n".as_bytes(),
        "data:\u{FEFF}the first of a batch\n\ndata:\u{0}\n\n".as_bytes(),
        b"data:\xF0\x9F\n\ndata:\x98\x80\nid:\xFF\nevent:\xED\xA0\x80\n\n",
        b"data\n\nid\ndata:y\n\nid:1\n\ndata:z\n\ndata:same\n\n",
    ] {
        let url = blob_url(stream, "text/event-stream");
        let reports = reports(&url, "reestablish").await;
        let (_, after_announce) = reports.split_once('\n').unwrap();
        assert_eq!(after_announce, expected(stream) + "reestablish\n");
    }
}

#[wasm_bindgen_test]
async fn a_chunk_larger_than_a_slice_loses_nothing() {
    let events = (0..20_000).map(|n| format!("id:{n}\ndata:event {n} €\n\n"));
    let stream = events.collect::<Vec<_>>().concat();
    let url = blob_url(stream.as_bytes(), "text/event-stream");
    let reports = reports(&url, "reestablish").await;
    let (_, after_announce) = reports.split_once('\n').unwrap();
    assert_eq!(
        after_announce,
        expected(stream.as_bytes()) + "reestablish\n"
    );
}

#[wasm_bindgen_test]
async fn what_is_no_event_stream_fails() {
    let wrong_type = reports("data:text/html,data:1%0A%0A", "fail").await;
    assert!(wrong_type.contains("\"text/html\""), "{wrong_type}");
    let scheme = reports("mailto:someone@example.com", "fail").await;
    assert!(scheme.starts_with("fail fetch cannot request"), "{scheme}");
}

/// What `fetch` throws reaches the class unchanged.
#[wasm_bindgen_test]
async fn what_fetch_throws_is_told() {
    replace_fetch("throw 7");
    let (task, recorder) = start(&own_url());
    recorder.until("reestablish").await;
    restore_fetch();
    let loss = recorder.last();
    assert_eq!(loss.reason(), "network");
    assert_eq!(loss.error().as_f64(), Some(7.0));
    task.close();
}

#[wasm_bindgen_test]
async fn a_retry_field_sets_the_reconnection_time() {
    let (task, recorder) = start("data:text/event-stream,retry:1%0Adata:x%0A%0A");
    for _ in 0..3 {
        let reports = recorder.until("reestablish").await.as_string().unwrap();
        let expected = "announce data:\nretry 1\nmessage|x|\nreestablish\n";
        assert_eq!(reports, expected);
    }
    task.close();
}

#[wasm_bindgen_test]
async fn nothing_is_reported_once_closed() {
    let (task, recorder) = start("data:text/event-stream,data:1%0A%0A");
    task.close();
    assert_eq!(recorder.still_silent().await.as_string().unwrap(), "");
}

/// No matter how `fetch` is broken: that is a network error, and other tasks go on.
#[wasm_bindgen_test]
async fn a_broken_fetch_is_a_network_error() {
    for broken in [
        "throw new Error('synchronous')",
        "return Promise.reject(new DOMException('not ours', 'AbortError'))",
        "return undefined",
        "return 'no response'",
        "return {}",
        "return { status: 200, url: '', headers: {}, body: null }",
        "return { status: 200, url: '', get headers() { throw 1 }, body: null }",
        "return { then() { throw 1 } }",
    ] {
        replace_fetch(broken);
        let reports = reports(&own_url(), "reestablish").await;
        restore_fetch();
        assert_eq!(reports, "reestablish\n", "{broken}");
    }
}

#[wasm_bindgen_test]
async fn a_broken_body_is_a_network_error() {
    for body in [
        "{}",
        "{ getReader() { throw 1 } }",
        "{ getReader: () => ({ cancel() { throw 1 }, read() { throw 1 } }) }",
        "{ getReader: () => ({ read: () => Promise.reject(1) }) }",
        "{ getReader: () => ({ read: async () => undefined }) }",
        "{ getReader: () => ({ read: async () => ({ value: 'text' }) }) }",
    ] {
        replace_fetch(&format!(
            "return {{ status: 200, url: '', headers: new Headers({{ 'content-type': 'text/event-stream' }}), body: {body} }}"
        ));
        let reports = reports(&own_url(), "reestablish").await;
        restore_fetch();
        assert_eq!(
            reports.replace("announce \n", ""),
            "reestablish\n",
            "{body}"
        );
    }
}

/// A task leaves nothing in memory, no matter at what stage it is closed. So ten times as many tasks do not
/// need more memory.
#[wasm_bindgen_test]
async fn closed_tasks_leave_nothing_behind() {
    let bytes = || {
        let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        memory
            .buffer()
            .unchecked_into::<js_sys::ArrayBuffer>()
            .byte_length()
    };
    let url = blob_url(&b"data:x\n\n".repeat(1000), "text/event-stream");
    let mut after_the_first = 0;
    for round in 0..10 {
        let running: Vec<_> = (0..100).map(|_| start(&url)).collect();
        for (index, (task, recorder)) in running.into_iter().enumerate() {
            match index % 3 {
                0 => {}
                1 => drop(recorder.until("announce").await),
                _ => drop(recorder.until("reestablish").await),
            }
            task.close();
        }
        Recorder::new().still_silent().await;
        if round == 0 {
            after_the_first = bytes();
        }
    }
    assert_eq!(bytes(), after_the_first);
}
