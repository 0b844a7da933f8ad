// Section 9 of behaviour.md: fromReadableStream() and the new members of every instance, as Web IDL says.

import { EventSource } from "eventsource-wasm";
import { config, defer, equal, section, test, throws } from "../harness.js";
import { hold, scenario, stream } from "../scenario.js";
import { read, streamOf } from "../streams.js";
import { observe } from "../watch.js";

section("stream source", { ours: true });

test("what it is at first", async () => {
  const readable = streamOf([], { end: false });
  const { source, log } = read(readable);
  equal([source instanceof EventSource, source.constructor === EventSource], [true, true]);
  equal([source.readyState, source.url], [0, "about:event-stream"]);
  equal([source.withCredentials, source.lastEventId], [false, ""]);
  equal([source.reconnectionTime > 0, source.onmessage], [true, null]);
  equal([readable.locked, log], [true, []]);
});

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
  test(`no stream, ${name}: TypeError`, () => {
    throws(() => EventSource.fromReadableStream(value), TypeError);
  });
}

test("no argument: TypeError", () => throws(() => EventSource.fromReadableStream(), TypeError));

test("a locked stream: TypeError, and whoever reads it goes on", async () => {
  const readable = streamOf(["data: a\n\n"]);
  const reader = readable.getReader();
  throws(() => EventSource.fromReadableStream(readable), TypeError);
  equal((await reader.read()).done, false);
  const other = streamOf(["data: a\n\n"]);
  const { log, until } = read(other);
  throws(() => EventSource.fromReadableStream(other), TypeError);
  await until("error");
  equal(log, ["open", "message:a", "error 2"]);
});

test("a failed call leaves the constructor as it was", async () => {
  throws(() => EventSource.fromReadableStream({}), TypeError);
  const there = await scenario([stream("data: a\n\n", hold)]);
  const { log, until } = observe(new EventSource(there.url));
  await until("message:a");
  equal(log, ["open", "message:a"]);
});

test("fromReadableStream is a static operation", async () => {
  const { value, ...flags } = Object.getOwnPropertyDescriptor(EventSource, "fromReadableStream");
  equal(flags, { writable: true, enumerable: true, configurable: true });
  equal([value.name, value.length, "prototype" in value], ["fromReadableStream", 1, false]);
  throws(() => new value(streamOf([])), TypeError);
  const source = value.call(undefined, streamOf(["data: a\n\n"]));
  const { log, until } = observe(source);
  await until("error");
  equal(log, ["open", "message:a", "error 2"]);
});

test("called on a subclass, it makes an EventSource, as Web IDL's operations do", () => {
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
});

for (const [name, initial] of [
  ["lastEventId", ""],
  ["reconnectionTime", 3000],
]) {
  test(`${name} is an accessor without a setter, on every instance`, () => {
    const { get, ...rest } = Object.getOwnPropertyDescriptor(EventSource.prototype, name);
    equal(rest, { set: undefined, enumerable: true, configurable: true });
    equal([get.name, get.length], [`get ${name}`, 0]);
    const source = new EventSource(`${config.origin}/streams/nobody/`);
    source.close();
    equal(source[name], initial);
    for (const foreign of [undefined, {}, EventSource.prototype, Object.create(source)]) {
      throws(() => get.call(foreign), TypeError);
    }
  });
}

test("reset is an operation", () => {
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
});
