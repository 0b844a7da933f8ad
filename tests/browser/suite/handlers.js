// Section 1 of behaviour.md: event handlers and listeners. The tests dispatch the events themselves.

import { EventSource } from "eventsource-wasm";
import { config, equal, expectUncaught, section, test, throws } from "../harness.js";
import { scenario, stream } from "../scenario.js";
import { connect, watch } from "../watch.js";

section("interface");

/** An EventSource to dispatch events at. It is closed, but still an EventTarget. */
function target() {
  const source = connect(`${config.origin}/streams/nobody`);
  source.close();
  return source;
}

for (const type of ["open", "message", "error"]) {
  const attribute = `on${type}`;

  test(`${attribute} is an accessor`, () => {
    const { get, set, ...flags } = Object.getOwnPropertyDescriptor(
      EventSource.prototype,
      attribute,
    );
    equal(flags, { enumerable: true, configurable: true });
    equal([get.name, get.length], [`get ${attribute}`, 0]);
    equal([set.name, set.length], [`set ${attribute}`, 1]);
    for (const foreign of [{}, EventSource.prototype, Object.create(target())]) {
      throws(() => get.call(foreign), TypeError);
      throws(() => set.call(foreign, () => {}), TypeError);
    }
  });

  test(`${attribute} is null first and keeps objects only`, () => {
    const source = target();
    equal(source[attribute], null);
    for (const kept of [() => {}, class {}, {}, [], new Proxy(() => {}, {}), new Date()]) {
      source[attribute] = kept;
      equal(source[attribute] === kept, true, String(kept));
    }
    for (const dropped of [undefined, null, 0, 1, "", "alert()", true, 1n, Symbol("x")]) {
      source[attribute] = () => {};
      source[attribute] = dropped;
      equal(source[attribute], null, String(dropped));
    }
  });

  test(`${attribute} is called with the event, on the EventSource`, () => {
    const source = target();
    const calls = [];
    source[attribute] = function (...args) {
      calls.push([this === source, args.length, args[0].type, args[0].currentTarget === source]);
    };
    source.dispatchEvent(new Event(type));
    source.dispatchEvent(new MessageEvent(type, { data: "x" }));
    equal(calls, [
      [true, 1, type, true],
      [true, 1, type, true],
    ]);
  });

  test(`${attribute} takes its place, keeps it when replaced, loses it by null`, () => {
    const source = target();
    const log = [];
    const says = (word) => () => log.push(word);
    const dispatched = () => {
      log.length = 0;
      source.dispatchEvent(new Event(type));
      return log.join(" ");
    };
    source.addEventListener(type, says("first"));
    source[attribute] = says("handler");
    source.addEventListener(type, says("last"));
    equal(dispatched(), "first handler last");
    source[attribute] = says("replaced");
    equal(dispatched(), "first replaced last");
    source[attribute] = {};
    equal(dispatched(), "first last");
    source[attribute] = says("back");
    equal(dispatched(), "first back last");
    source[attribute] = null;
    equal(dispatched(), "first last");
    source[attribute] = says("again");
    equal(dispatched(), "first last again");
  });
}

test("an object that is not callable is never called", () => {
  const source = target();
  let calls = 0;
  source.onmessage = { handleEvent: () => calls++, call: () => calls++ };
  source.dispatchEvent(new MessageEvent("message"));
  equal(calls, 0);
});

test("the same function as handler and as listener runs twice", () => {
  const source = target();
  let calls = 0;
  const both = () => calls++;
  source.addEventListener("message", both);
  source.onmessage = both;
  source.dispatchEvent(new Event("message"));
  equal(calls, 2);
  source.onmessage = null;
  source.dispatchEvent(new Event("message"));
  equal(calls, 3);
  source.removeEventListener("message", both);
  source.dispatchEvent(new Event("message"));
  equal(calls, 3);
});

test("removeEventListener does not remove a handler", () => {
  const source = target();
  let calls = 0;
  source.onmessage = () => calls++;
  source.removeEventListener("message", source.onmessage);
  source.dispatchEvent(new Event("message"));
  equal(calls, 1);
});

test("a handler set while the event is dispatched, before and after its place", () => {
  const source = target();
  const log = [];
  source.addEventListener("message", () => {
    source.onmessage = () => log.push("handler");
  });
  source.dispatchEvent(new Event("message"));
  equal(log, []);
  source.dispatchEvent(new Event("message"));
  equal(log, ["handler"]);
});

test("a handler that returns false cancels what can be cancelled", () => {
  const source = target();
  source.onmessage = () => false;
  source.onerror = () => false;
  equal(source.dispatchEvent(new Event("message", { cancelable: true })), false);
  equal(source.dispatchEvent(new Event("error", { cancelable: true })), false);
  equal(source.dispatchEvent(new Event("message")), true);
  source.onmessage = () => 0;
  equal(source.dispatchEvent(new Event("message", { cancelable: true })), true);
});

test("a handler that returns false breaks nothing", async () => {
  const { url } = await scenario([
    stream("retry: 1\ndata: a\n\ndata: b\n\n"),
    stream("data: c\n\n"),
  ]);
  const { source, log, until } = watch(url);
  source.onopen = source.onmessage = source.onerror = () => false;
  await until("error 2");
  equal(log, [
    "open",
    "message:a",
    "message:b",
    "error 0",
    "open",
    "message:c",
    "error 0",
    "error 2",
  ]);
});

test("addEventListener and its kin are EventTarget's own", () => {
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
    equal(target()[name] === EventTarget.prototype[name], true, name);
  }
});

test("once, signal and handleEvent", () => {
  const source = target();
  const log = [];
  const controller = new AbortController();
  const object = {
    handleEvent(event) {
      log.push(`object ${this === object} ${event.type}`);
    },
  };
  source.addEventListener("tick", () => log.push("once"), { once: true });
  source.addEventListener("tick", () => log.push("signal"), { signal: controller.signal });
  source.addEventListener("tick", object);
  source.dispatchEvent(new Event("tick"));
  controller.abort();
  source.dispatchEvent(new Event("tick"));
  equal(log, ["once", "signal", "object true tick", "object true tick"]);
});

test("once, signal and handleEvent with events of the stream", async () => {
  const { url } = await scenario([stream("data: a\n\ndata: b\n\ndata: c\n\n")]);
  const { source, until } = watch(url);
  const log = [];
  const controller = new AbortController();
  source.addEventListener("message", ({ data }) => log.push(`once ${data}`), { once: true });
  source.addEventListener(
    "message",
    ({ data }) => {
      log.push(`signal ${data}`);
      if (data === "b") controller.abort();
    },
    { signal: controller.signal },
  );
  source.addEventListener("message", { handleEvent: ({ data }) => log.push(`object ${data}`) });
  await until("error");
  equal(log, [...["once a", "signal a", "object a"], ...["signal b", "object b"], ...["object c"]]);
});

test("an event that the page dispatches only calls its listeners", () => {
  const source = connect(`${config.origin}/streams/nobody`);
  const event = new MessageEvent("message", { data: "mine", lastEventId: "7" });
  let seen;
  source.onmessage = (got) => {
    seen = got;
  };
  source.dispatchEvent(new Event("open"));
  source.dispatchEvent(new Event("error"));
  equal(source.dispatchEvent(event), true);
  equal(seen === event, true);
  equal(source.readyState, 0);
});

test("a listener that throws is reported and stops nothing", async () => {
  const uncaught = expectUncaught();
  const source = target();
  const log = [];
  source.onmessage = () => {
    throw new Error("handler");
  };
  source.addEventListener("message", () => {
    throw new Error("listener");
  });
  source.addEventListener("message", () => log.push("next"));
  source.dispatchEvent(new Event("message"));
  equal(log, ["next"]);
  // Node reports an uncaught error a tick later.
  await new Promise((resolve) => setTimeout(resolve));
  equal(
    uncaught.map(({ message }) => message),
    ["handler", "listener"],
  );
});

test("a handler is called, not what it has under the name of call", () => {
  const source = target();
  const log = [];
  const handler = ({ type }) => log.push(type);
  for (const name of ["call", "apply"]) handler[name] = () => log.push(name);
  source.onmessage = handler;
  source.dispatchEvent(new Event("message"));
  equal(log, ["message"]);
});
