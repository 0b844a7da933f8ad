// Section 9 of behaviour.md: an EventSource that reads a stream of the page's own. Other sections test what
// the bytes become. This one tests that it makes no difference where they come from.

import { EventSource } from "eventsource-wasm";
import { defer, equal, section, test } from "../harness.js";
import { bytesOf, scenario, stream } from "../scenario.js";
import { read, streamOf } from "../streams.js";
import { observe, settle } from "../watch.js";

section("stream source", { ours: true });

const bytewise = (text) => Array.from(bytesOf(text), (byte) => Uint8Array.of(byte));

const SAMPLE =
  "\ufeff: c\r\ndata: é日😀\rdata\n\nevent: a\nid: …\r\ndata:  x\r\n\r\nretry: 7\nid\ndata:y\n\ndata: no\n";
const SEEN = ["open", "message:é日😀\n", "a: x#…", "message:y", "error 2"];

for (const [name, cut] of [
  ["whole", (text) => [text]],
  ["byte by byte", bytewise],
  ["with empty chunks", (text) => bytewise(text).flatMap((byte) => [new Uint8Array(), byte])],
]) {
  test(`a stream that comes ${name}`, async () => {
    const { log, source, until } = read(streamOf(cut(SAMPLE)), ["a"]);
    await until("error");
    equal([log, source.readyState, source.reconnectionTime], [SEEN, 2, 7]);
  });
}

test("a stream cut at every place", async () => {
  const bytes = bytesOf(SAMPLE);
  for (let at = 1; at < bytes.length; at++) {
    const { log, until } = read(streamOf([bytes.slice(0, at), bytes.slice(at)]), ["a"]);
    await until("error");
    equal(log, SEEN, `cut at ${at}`);
  }
});

test("chunks that are views of a larger buffer", async () => {
  const all = bytesOf("data: no\n\ndata: a\n\ndata: no\n\n");
  const { log, until } = read(streamOf([new Uint8Array(all.buffer, 10, 9)]));
  await until("error");
  equal(log, ["open", "message:a", "error 2"]);
});

test("a chunk of 3 MB", async () => {
  const line = `data: ${"0123456789".repeat(10)}\n\n`;
  const { log, until } = read(streamOf([line.repeat(28_000)]));
  await until("error");
  equal([log.length, new Set(log).size], [28_002, 3]);
});

test("a byte stream", async () => {
  const source = { type: "bytes", start: (controller) => controller.enqueue(bytesOf(SAMPLE)) };
  let readable;
  try {
    readable = new ReadableStream(source);
  } catch {
    // WebKitGTK has no byte streams.
    return;
  }
  const { log, until } = read(readable, ["a"]);
  await until("message:y");
  equal(log, SEEN.slice(0, -1));
});

test("the body of a response", async () => {
  const there = await scenario([stream(...bytewise(SAMPLE))]);
  const { body } = await fetch(there.url);
  const { log, until } = read(body, ["a"]);
  await until("error");
  equal(log, SEEN);
  await settle();
  equal((await there.log()).length, 1);
});

test("the body of a response that is no event stream", async () => {
  const { log, until } = read(new Response("data: a\n\n", { status: 404 }).body);
  await until("error");
  equal(log, ["open", "message:a", "error 2"]);
});

test("one branch of a stream that is read twice", async () => {
  const [one, other] = streamOf(["data: a\n\n", "data: b\n\n"]).tee();
  const watched = [read(one), read(other)];
  await Promise.all(watched.map(({ until }) => until("error")));
  for (const { log } of watched) equal(log, ["open", "message:a", "message:b", "error 2"]);
});

test("a stream that was partly read, then unlocked", async () => {
  const readable = streamOf(["data: a\n\n", "data: b\n\n"]);
  const reader = readable.getReader();
  await reader.read();
  reader.releaseLock();
  const { log, until } = read(readable);
  await until("error");
  equal(log, ["open", "message:b", "error 2"]);
});

test("open comes in a task of its own, when the page has added its listeners", async () => {
  // It must not make a difference whether the core has been loaded already.
  await settle();
  const source = EventSource.fromReadableStream(streamOf(["data: a\n\n"], { end: false }));
  defer(() => source.close());
  for (let hop = 0; hop < 100; hop++) await null;
  equal(source.readyState, 0);
  const { log, until } = observe(source);
  await until("message");
  equal([log, source.readyState], [["open", "message:a"], 1]);
});

test("the messages' origin is opaque", async () => {
  const { source, until } = read(streamOf(["id: 1\ndata: a\n\n"]));
  let message;
  source.onmessage = (event) => (message = event);
  await until("error");
  const { origin, lastEventId, source: none, ports } = message;
  equal([origin, lastEventId, none, ports.length], ["null", "1", null, 0]);
  equal(message instanceof MessageEvent, true);
});
