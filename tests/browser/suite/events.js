// Section 2 of behaviour.md: what the events are, and when they come.

import { EventSource } from "eventsource-wasm";
import { config, equal, section, test } from "../harness.js";
import { hold, redirect, scenario, stream, wait } from "../scenario.js";
import { connect, logJobs, settle, watch } from "../watch.js";

section("events");

/** Resolves in a later task, when the event's dispatch is over. */
const next = (source, type) =>
  new Promise((resolve) => {
    source.addEventListener(type, (event) => setTimeout(resolve, 0, event), { once: true });
  });

const tagOf = (event) => Object.prototype.toString.call(event);

const shape = (event) => ({
  ...{ type: event.type, bubbles: event.bubbles, cancelable: event.cancelable },
  ...{ composed: event.composed, tag: tagOf(event) },
});

const plain = (type) => ({
  ...{ type, bubbles: false, cancelable: false, composed: false, tag: "[object Event]" },
});

test("open and error are plain events", async () => {
  const { url } = await scenario([stream()]);
  const source = connect(url);
  const [open, error] = await Promise.all([next(source, "open"), next(source, "error")]);
  equal([shape(open), Object.getPrototypeOf(open) === Event.prototype], [plain("open"), true]);
  equal([open.target === source, open.currentTarget], [true, null]);
  equal([shape(error), Object.getPrototypeOf(error) === Event.prototype], [plain("error"), true]);
  equal(error.target === source, true);
});

test("the error of a failure is a plain event", async () => {
  const { url } = await scenario([]);
  const error = await next(connect(url), "error");
  equal([shape(error), error instanceof MessageEvent], [plain("error"), false]);
});

test("a message is a MessageEvent", async () => {
  const { url } = await scenario([stream("data: a\n\nid: 1\nevent: named\ndata: b\n\n")]);
  const source = connect(url);
  const events = await Promise.all([next(source, "message"), next(source, "named")]);
  // Node's own MessageEvent says "[object Event]".
  const tag = tagOf(new MessageEvent("message"));
  equal(events.map(shape), [
    { ...plain("message"), tag },
    { ...plain("named"), tag },
  ]);
  for (const event of events) {
    equal(event instanceof MessageEvent && event instanceof Event, true);
    equal([event.origin, event.source, event.target === source], [config.origin, null, true]);
    const { ports } = event;
    equal([Array.isArray(ports), ports.length, Object.isFrozen(ports)], [true, 0, true]);
    equal(event.ports === ports, true);
    equal(event.defaultPrevented, false);
    event.preventDefault();
    equal(event.defaultPrevented, false);
  }
  equal(
    events.map(({ data, lastEventId }) => [data, lastEventId]),
    [
      ["a", ""],
      ["b", "1"],
    ],
  );
});

test("the attributes of a message cannot be written", async () => {
  const { url } = await scenario([stream("id: 1\ndata: a\n\n")]);
  const event = await next(connect(url), "message");
  for (const name of ["data", "origin", "lastEventId", "source", "ports", "type"]) {
    const before = event[name];
    try {
      event[name] = "else";
    } catch (error) {
      equal(error instanceof TypeError, true);
    }
    equal(event[name] === before, true, name);
  }
});

test("every attribute that a MessageEvent has here can be read", async () => {
  const { url } = await scenario([stream("data: a\n\n")]);
  const event = await next(connect(url), "message");
  const made = new MessageEvent("message", { data: "a" });
  for (const name in made) equal(typeof event[name], typeof made[name], name);
});

test("a message can be copied", async () => {
  const { url } = await scenario([stream("id: 1\ndata: a\n\n")]);
  const event = await next(connect(url), "message");
  const copy = new MessageEvent(event.type, event);
  equal([copy.type, copy.data, copy.lastEventId], ["message", "a", "1"]);
  equal([copy.origin, copy.source, copy.ports.length], [config.origin, null, 0]);
});

test("a message can be dispatched again, elsewhere", async () => {
  const { url } = await scenario([stream("id: 1\ndata: a\n\n")]);
  const event = await next(connect(url), "message");
  const elsewhere = new EventTarget();
  const seen = next(elsewhere, "message");
  elsewhere.dispatchEvent(event);
  equal((await seen) === event, true);
  equal([event.data, event.lastEventId, event.target === elsewhere], ["a", "1", true]);
});

test("stopImmediatePropagation stops this event and no other", async () => {
  const { url } = await scenario([stream("data: a\n\ndata: b\n\n")]);
  const source = connect(url);
  const log = [];
  source.onmessage = (event) => {
    log.push(`first ${event.data}`);
    if (event.data === "a") event.stopImmediatePropagation();
  };
  source.addEventListener("message", ({ data }) => log.push(`second ${data}`));
  await next(source, "error");
  equal(log, ["first a", "first b", "second b"]);
});

test("the origin is that of the last URL after redirects", async () => {
  const cors = {};
  const there = await scenario([stream("data: there\n\n")], { cors });
  const here = await scenario([redirect(302, there.otherUrl)]);
  const source = connect(here.url);
  const event = await next(source, "message");
  equal([event.data, event.origin, source.url], ["there", config.other, here.url]);
});

for (const type of ["open", "error"]) {
  test(`an event of the stream may be named ${type}`, async () => {
    const { url } = await scenario([stream(`event: ${type}\ndata: from the stream\n\n`)]);
    const source = connect(url);
    const log = [];
    source[`on${type}`] = (event) =>
      log.push(event instanceof MessageEvent ? `${event.type} ${event.data}` : event.type);
    await new Promise((resolve) => {
      source.addEventListener("error", (event) => event instanceof MessageEvent || resolve());
    });
    equal(
      log,
      type === "open" ? ["open", "open from the stream"] : ["error from the stream", "error"],
    );
    equal(source.readyState, 0);
  });
}

test("the readyState in each event", async () => {
  const { url } = await scenario([stream("retry: 1\ndata: a\n\n"), stream("data: b\n\n")]);
  const { source, until } = watch(url);
  const log = [];
  for (const type of ["open", "message", "error"]) {
    source.addEventListener(type, () => log.push(`${type} ${source.readyState}`));
  }
  await until("error 2");
  equal(log, [
    ...["open 1", "message 1", "error 0"],
    ...["open 1", "message 1", "error 0"],
    ...["error 2"],
  ]);
});

test("types come in the order of the stream", async () => {
  const types = ["b", "a", "message", "open", "b", "message", "a"];
  const body = types.map((type, i) => `event: ${type}\ndata: ${i}\n\n`).join("");
  const { url } = await scenario([stream(body)]);
  const { log, until } = watch(url, { types: ["a", "b"] });
  await until("error");
  equal(log, [
    ...["open", "b:0", "a:1", "message:2", "open:3", "b:4", "message:5", "a:6"],
    "error 0",
  ]);
});

test("a listener that comes late gets what comes later", async () => {
  const late = await scenario([stream("data: a\n\n", wait("late"), "data: b\n\n")]);
  const { source, until } = watch(late.url);
  await until("message:a");
  const second = next(source, "message");
  await late.open("late");
  equal((await second).data, "b");
});

test("nothing is delivered before the constructor has returned", async () => {
  let returned = false;
  const early = [];
  class Eager extends EventSource {
    constructor(...args) {
      super(...args);
      for (const type of ["open", "message", "error"]) {
        this.addEventListener(type, () => returned || early.push(type));
      }
    }
  }
  const { url } = await scenario([stream("data: a\n\n")]);
  const sources = [url, "mailto:a@example.com"].map((one) => new Eager(one));
  returned = true;
  await Promise.all(sources.map((source) => next(source, "error")));
  for (const source of sources) source.close();
  equal(early, []);
});

test("a page has the rest of its task, and its promise jobs, to add listeners", async () => {
  const { url } = await scenario([stream("data: a\n\n")]);
  for (const one of [url, "mailto:a@example.com"]) {
    const source = connect(one);
    await null;
    await null;
    await next(source, "error");
  }
});

const eachOf = (length) => ["a", "b", "c"].map((data) => `data: ${data.repeat(length)}\n\n`);
for (const [how, chunks] of [
  ["in a chunk", [eachOf(1).join("")]],
  ["one a chunk", eachOf(1)],
  // If an event comes alone, it is dispatched at once, in the task of its chunk.
  ["as long as a read", [eachOf(65_528).join("")]],
]) {
  for (const hops of [1, 3, 20, 200]) {
    test(`${hops} promise jobs in a row run before the next event: ${how}`, async () => {
      const { url } = await scenario([stream(...chunks)]);
      const source = connect(url);
      const log = logJobs(source, hops);
      await next(source, "error");
      equal(log, ["a", "job of a", "b", "job of b", "c", "job of c"]);
    });
  }
}

test("a promise job may close it between two events", async () => {
  const { url } = await scenario([stream("data: a\n\ndata: b\n\n", hold)]);
  const { source, log, until } = watch(url);
  source.onmessage = () => Promise.resolve().then(() => source.close());
  await until("message");
  await settle();
  equal(log, ["open", "message:a"]);
});

test("listeners see each other's changes from one event to the next", async () => {
  const { url } = await scenario([stream("data: a\n\ndata: b\n\ndata: c\n\n")]);
  const source = connect(url);
  const log = [];
  const second = ({ data }) => log.push(`second ${data}`);
  source.onmessage = ({ data }) => {
    log.push(`first ${data}`);
    if (data === "a") source.addEventListener("message", second);
    if (data === "c") source.removeEventListener("message", second);
  };
  await next(source, "error");
  equal(log, ["first a", "first b", "second b", "first c"]);
});
