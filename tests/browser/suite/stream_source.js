// Section 9 of behaviour.md: an EventSource that reads a stream which the page has requested. What
// the bytes become is tested where they come from the network; here, that the source makes no
// difference, and what has no network: locks, the end, close().

import { EventSource } from "eventsource-wasm";
import { config, defer, equal, section, test, throws } from "../harness.js";
import { bytesOf, hold, scenario, stream } from "../scenario.js";
import { observe, settle } from "../watch.js";

section("stream source");

const OURS = { ours: true };

/** A stream that gives these chunks, text as its bytes, and then ends, fails or stays open. */
function streamOf(chunks, { end = true, error, cancel } = {}) {
  const left = chunks.map((chunk) => (typeof chunk === "string" ? bytesOf(chunk) : chunk));
  return new ReadableStream({
    cancel,
    pull(controller) {
      if (left.length > 0) controller.enqueue(left.shift());
      else if (error) controller.error(error);
      else if (end) controller.close();
      else return new Promise(() => {});
    },
  });
}

function read(readable, types) {
  const source = EventSource.fromReadableStream(readable);
  defer(() => source.close());
  return observe(source, types);
}

const bytewise = (text) => Array.from(bytesOf(text), (byte) => Uint8Array.of(byte));

const SAMPLE =
  "\ufeff: c\r\ndata: é日😀\rdata\n\nevent: a\nid: …\r\ndata:  x\r\n\r\nretry: 7\nid\ndata:y\n\ndata: no\n";
const SEEN = ["open", "message:é日😀\n", "a: x#…", "message:y", "error 2"];

for (const [name, cut] of [
  ["whole", (text) => [text]],
  ["byte by byte", bytewise],
  ["with empty chunks", (text) => bytewise(text).flatMap((byte) => [new Uint8Array(), byte])],
]) {
  test(
    `a stream that comes ${name}`,
    async () => {
      const { log, source, until } = read(streamOf(cut(SAMPLE)), ["a"]);
      await until("error");
      equal([log, source.readyState, source.reconnectionTime], [SEEN, 2, 7]);
    },
    OURS,
  );
}

test(
  "a stream cut at every place",
  async () => {
    const bytes = bytesOf(SAMPLE);
    for (let at = 1; at < bytes.length; at++) {
      const { log, until } = read(streamOf([bytes.slice(0, at), bytes.slice(at)]), ["a"]);
      await until("error");
      equal(log, SEEN, `cut at ${at}`);
    }
  },
  OURS,
);

test(
  "chunks that are views of a larger buffer",
  async () => {
    const all = bytesOf("data: no\n\ndata: a\n\ndata: no\n\n");
    const { log, until } = read(streamOf([new Uint8Array(all.buffer, 10, 9)]));
    await until("error");
    equal(log, ["open", "message:a", "error 2"]);
  },
  OURS,
);

test(
  "a chunk of 3 MB",
  async () => {
    const line = `data: ${"0123456789".repeat(10)}\n\n`;
    const { log, until } = read(streamOf([line.repeat(28_000)]));
    await until("error");
    equal([log.length, new Set(log).size], [28_002, 3]);
  },
  OURS,
);

test(
  "a byte stream",
  async () => {
    const source = { type: "bytes", start: (controller) => controller.enqueue(bytesOf(SAMPLE)) };
    let readable;
    try {
      readable = new ReadableStream(source);
    } catch {
      // WebKitGTK has none.
      return;
    }
    const { log, until } = read(readable, ["a"]);
    await until("message:y");
    equal(log, SEEN.slice(0, -1));
  },
  OURS,
);

test(
  "the body of a response",
  async () => {
    const there = await scenario([stream(...bytewise(SAMPLE))]);
    const { body } = await fetch(there.url);
    const { log, until } = read(body, ["a"]);
    await until("error");
    equal(log, SEEN);
    await settle();
    equal((await there.log()).length, 1);
  },
  OURS,
);

test(
  "the body of a response that is no event stream",
  async () => {
    const { log, until } = read(new Response("data: a\n\n", { status: 404 }).body);
    await until("error");
    equal(log, ["open", "message:a", "error 2"]);
  },
  OURS,
);

test(
  "one branch of a stream that is read twice",
  async () => {
    const [one, other] = streamOf(["data: a\n\n", "data: b\n\n"]).tee();
    const watched = [read(one), read(other)];
    await Promise.all(watched.map(({ until }) => until("error")));
    for (const { log } of watched) equal(log, ["open", "message:a", "message:b", "error 2"]);
  },
  OURS,
);

test(
  "a stream that somebody has begun to read and let go",
  async () => {
    const readable = streamOf(["data: a\n\n", "data: b\n\n"]);
    const reader = readable.getReader();
    await reader.read();
    reader.releaseLock();
    const { log, until } = read(readable);
    await until("error");
    equal(log, ["open", "message:b", "error 2"]);
  },
  OURS,
);

test(
  "what it is at first",
  async () => {
    const readable = streamOf([], { end: false });
    const { source, log } = read(readable);
    equal([source instanceof EventSource, source.constructor === EventSource], [true, true]);
    equal([source.readyState, source.url], [0, "about:event-stream"]);
    equal([source.withCredentials, source.lastEventId], [false, ""]);
    equal([source.reconnectionTime > 0, source.onmessage], [true, null]);
    equal([readable.locked, log], [true, []]);
  },
  OURS,
);

test(
  "open comes in a task of its own, when the page has added its listeners",
  async () => {
    // Whatever was loaded before must not make a difference.
    await settle();
    const source = EventSource.fromReadableStream(streamOf(["data: a\n\n"], { end: false }));
    defer(() => source.close());
    for (let hop = 0; hop < 100; hop++) await null;
    equal(source.readyState, 0);
    const { log, until } = observe(source);
    await until("message");
    equal([log, source.readyState], [["open", "message:a"], 1]);
  },
  OURS,
);

test(
  "the messages' origin is opaque",
  async () => {
    const { source, until } = read(streamOf(["id: 1\ndata: a\n\n"]));
    let message;
    source.onmessage = (event) => (message = event);
    await until("error");
    const { origin, lastEventId, source: none, ports } = message;
    equal([origin, lastEventId, none, ports.length], ["null", "1", null, 0]);
    equal(message instanceof MessageEvent, true);
  },
  OURS,
);

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
  test(
    `the end is one error, CLOSED: ${name}`,
    async () => {
      const { log, source, until } = read(make());
      await until("error");
      await settle();
      equal([log, source.readyState], [[...seen, "error 2"], 2]);
    },
    OURS,
  );
}

test(
  "a stream that is closed or broken already",
  async () => {
    const closed = new ReadableStream({ start: (controller) => controller.close() });
    const broken = new ReadableStream({ start: (controller) => controller.error("broken") });
    for (const readable of [closed, broken]) {
      const { log, until } = read(readable);
      await until("error");
      equal(log, ["open", "error 2"]);
    }
  },
  OURS,
);

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
  test(
    `a stream of ${name} is none of bytes: CLOSED, and it is cancelled`,
    async () => {
      const cancelled = withResolvers();
      const readable = streamOf(["data: x\n\n", chunk()], {
        end: false,
        cancel: cancelled.resolve,
      });
      const { log, until } = read(readable);
      await until("error");
      equal(log, ["open", "message:x", "error 2"]);
      await cancelled.promise;
    },
    OURS,
  );
}

function withResolvers() {
  let resolve;
  const promise = new Promise((one) => (resolve = one));
  return { promise, resolve };
}

for (const [name, value] of [
  ["nothing", undefined],
  ["null", null],
  ["an object", {}],
  ["a string", "data: a\n\n"],
  ["bytes", new Uint8Array(1)],
  ["a response", new Response("")],
  ["what looks like one", { locked: false, getReader: () => ({ read: async () => ({}) }) }],
  ["its prototype", ReadableStream.prototype],
]) {
  test(
    `no stream, ${name}: TypeError`,
    () => {
      throws(() => EventSource.fromReadableStream(value), TypeError);
    },
    OURS,
  );
}

test(
  "no argument: TypeError",
  () => throws(() => EventSource.fromReadableStream(), TypeError),
  OURS,
);

test(
  "a locked stream: TypeError, and whoever reads it goes on",
  async () => {
    const readable = streamOf(["data: a\n\n"]);
    const reader = readable.getReader();
    throws(() => EventSource.fromReadableStream(readable), TypeError);
    equal((await reader.read()).done, false);
    const other = streamOf(["data: a\n\n"]);
    const { log, until } = read(other);
    throws(() => EventSource.fromReadableStream(other), TypeError);
    await until("error");
    equal(log, ["open", "message:a", "error 2"]);
  },
  OURS,
);

test(
  "a failed call leaves the constructor as it was",
  async () => {
    throws(() => EventSource.fromReadableStream({}), TypeError);
    const there = await scenario([stream("data: a\n\n", hold)]);
    const { log, until } = observe(new EventSource(there.url));
    await until("message:a");
    equal(log, ["open", "message:a"]);
  },
  OURS,
);

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
  test(
    `close() ${when} cancels the stream, and nothing follows`,
    async () => {
      const { promise, resolve } = withResolvers();
      const readable = streamOf(["data: a\n\ndata: b\n\n"], { end: false, cancel: resolve });
      const watched = read(readable);
      await close(watched);
      await promise;
      equal(watched.source.readyState, 2);
      await settle();
      equal(watched.log, expected);
    },
    OURS,
  );
}

test(
  "close() in the error, which has closed it already",
  async () => {
    const { log, source, until } = read(streamOf([]));
    source.onerror = () => source.close();
    await until("error");
    await settle();
    equal(log, ["open", "error 2"]);
  },
  OURS,
);

test(
  "a cancel that fails is nobody's business",
  async () => {
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
  },
  OURS,
);

test(
  "fromReadableStream is a static operation",
  async () => {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(EventSource, "fromReadableStream");
    equal(flags, { writable: true, enumerable: true, configurable: true });
    equal([value.name, value.length, "prototype" in value], ["fromReadableStream", 1, false]);
    throws(() => new value(streamOf([])), TypeError);
    const source = value.call(undefined, streamOf(["data: a\n\n"]));
    const { log, until } = observe(source);
    await until("error");
    equal(log, ["open", "message:a", "error 2"]);
  },
  OURS,
);

test(
  "of a subclass it makes an EventSource, as operations of Web IDL do",
  () => {
    let made = 0;
    class Sub extends EventSource {
      constructor(...args) {
        super(...args);
        made++;
      }
    }
    const source = Sub.fromReadableStream(streamOf([]));
    defer(() => source.close());
    equal([Object.getPrototypeOf(source) === EventSource.prototype, made], [true, 0]);
  },
  OURS,
);

for (const [name, initial] of [
  ["lastEventId", ""],
  ["reconnectionTime", 3000],
]) {
  test(
    `${name} is an accessor without a setter, on every instance`,
    () => {
      const { get, ...rest } = Object.getOwnPropertyDescriptor(EventSource.prototype, name);
      equal(rest, { set: undefined, enumerable: true, configurable: true });
      equal([get.name, get.length], [`get ${name}`, 0]);
      const source = new EventSource(`${config.origin}/streams/nobody/`);
      source.close();
      equal(source[name], initial);
      for (const foreign of [undefined, {}, EventSource.prototype, Object.create(source)]) {
        throws(() => get.call(foreign), TypeError);
      }
    },
    OURS,
  );
}

test(
  "reset is an operation",
  () => {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(EventSource.prototype, "reset");
    equal(flags, { writable: true, enumerable: true, configurable: true });
    equal([value.name, value.length, "prototype" in value], ["reset", 0, false]);
    for (const foreign of [undefined, {}, EventSource.prototype]) {
      throws(() => value.call(foreign), TypeError);
    }
    const { source } = read(streamOf([]));
    equal(source.reset(), undefined);
    source.close();
    equal([source.reset(), source.readyState], [undefined, 2]);
  },
  OURS,
);
