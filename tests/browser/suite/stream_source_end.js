// Section 9 of behaviour.md: how an EventSource that reads a stream ends, because of the stream or by
// close(), and what happens to the stream.

import { equal, section, test } from "../harness.js";
import { bytesOf } from "../scenario.js";
import { read, streamOf } from "../streams.js";
import { settle } from "../watch.js";

section("stream source", { ours: true });

for (const [name, make, ...seen] of [
  ["an empty one", () => streamOf([]), "open"],
  ["one of no events", () => streamOf([":\n\nretry: 1\n\nid: 1\n\n"]), "open"],
  ["an event that is not complete", () => streamOf(["data: a\n"]), "open"],
  ["a failure at once", () => streamOf([], { error: new Error("broken") }), "open"],
  [
    "a failure after an event",
    () => streamOf(["data: a\n\ndata: b\n"], { error: new Error("broken") }),
    ...["open", "message:a"],
  ],
]) {
  test(`the end is one error, CLOSED: ${name}`, async () => {
    const { log, source, until } = read(make());
    await until("error");
    await settle();
    equal([log, source.readyState], [[...seen, "error 2"], 2]);
  });
}

test("a stream that is closed or broken already", async () => {
  const closed = new ReadableStream({ start: (controller) => controller.close() });
  const broken = new ReadableStream({ start: (controller) => controller.error("broken") });
  for (const readable of [closed, broken]) {
    const { log, until } = read(readable);
    await until("error");
    equal(log, ["open", "error 2"]);
  }
});

for (const [name, chunk] of [
  ["text", () => Object("data: a\n\n")],
  ["numbers", () => 100],
  ["undefined", () => undefined],
  ["null", () => null],
  ["ArrayBuffers", () => bytesOf("data: a\n\n").buffer],
  ["DataViews", () => new DataView(bytesOf("data: a\n\n").buffer)],
  ["arrays", () => [...bytesOf("data: a\n\n")]],
  ["larger numbers", () => new Uint16Array(4)],
]) {
  test(`a stream of ${name} is none of bytes: CLOSED, and it is cancelled`, async () => {
    const cancelled = withResolvers();
    const readable = streamOf(["data: x\n\n", chunk()], {
      end: false,
      cancel: cancelled.resolve,
    });
    const { log, until } = read(readable);
    await until("error");
    equal(log, ["open", "message:x", "error 2"]);
    await cancelled.promise;
  });
}

function withResolvers() {
  let resolve;
  const promise = new Promise((one) => (resolve = one));
  return { promise, resolve };
}

for (const [when, close, ...expected] of [
  ["at once", ({ source }) => source.close()],
  ["in open", ({ source }) => (source.onopen = () => source.close()), "open"],
  [
    "in a message",
    ({ source }) => (source.onmessage = () => source.close()),
    ...["open", "message:a"],
  ],
  [
    "after the messages",
    ({ source, until }) => until("message:b").then(() => source.close()),
    ...["open", "message:a", "message:b"],
  ],
]) {
  test(`close() ${when} cancels the stream, and nothing follows`, async () => {
    const { promise, resolve } = withResolvers();
    const readable = streamOf(["data: a\n\ndata: b\n\n"], { end: false, cancel: resolve });
    const watched = read(readable);
    await close(watched);
    await promise;
    equal(watched.source.readyState, 2);
    await settle();
    equal(watched.log, expected);
  });
}

test("close() in the error, which has closed it already", async () => {
  const { log, source, until } = read(streamOf([]));
  source.onerror = () => source.close();
  await until("error");
  await settle();
  equal(log, ["open", "error 2"]);
});

test("a cancel that fails is not reported", async () => {
  for (const cancel of [
    () => Promise.reject(new Error("broken")),
    () => {
      throw new Error("broken");
    },
  ]) {
    const { log, source, until } = read(streamOf(["data: a\n\n"], { end: false, cancel }));
    await until("message");
    source.close();
    await settle();
    equal(log, ["open", "message:a"]);
  }
});
