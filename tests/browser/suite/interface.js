// Section 1 of behaviour.md: what Web IDL makes of the class and its attributes.

import { EventSource } from "eventsource-wasm";
import { config, defer, equal, section, test, throws } from "../harness.js";
import { connect } from "../watch.js";

section("interface");

const BROWSERS_ONLY = { except: ["node"] };
const url = (path = "") => `${config.origin}/streams/nobody/${path}`;

/** An EventSource to look at. It is closed before it can do anything. */
function make(...args) {
  const source = new EventSource(...(args.length ? args : [url()]));
  source.close();
  return source;
}

const descriptor = (object, name) => {
  const { get, set, value, ...flags } = Object.getOwnPropertyDescriptor(object, name);
  return { ...flags, kind: value === undefined ? `${get && "get"} ${set && "set"}` : typeof value };
};

// The names that section 9 adds.
const PROVISIONAL = ["fromReadableStream", "lastEventId", "reconnectionTime", "reset"];
const standard = (names) => names.filter((name) => !PROVISIONAL.includes(name));

test("new is required", () => {
  throws(() => EventSource(url()), TypeError);
  throws(() => Reflect.apply(EventSource, undefined, [url()]), TypeError);
});

test("name, length and prototype are a class's", () => {
  equal(EventSource.name, "EventSource");
  equal(EventSource.length, 1);
  equal(descriptor(EventSource, "prototype"), {
    ...{ writable: false, enumerable: false, configurable: false, kind: "object" },
  });
  equal(EventSource.prototype.constructor === EventSource, true);
  equal(descriptor(EventSource.prototype, "constructor").enumerable, false);
});

test("it is an EventTarget", () => {
  equal(Object.getPrototypeOf(EventSource) === EventTarget, true);
  equal(Object.getPrototypeOf(EventSource.prototype) === EventTarget.prototype, true);
  equal(make() instanceof EventTarget, true);
  equal(make() instanceof EventSource, true);
});

test("the string tag", () => {
  equal(EventSource.prototype[Symbol.toStringTag], "EventSource");
  equal(descriptor(EventSource.prototype, Symbol.toStringTag), {
    ...{ writable: false, enumerable: false, configurable: true, kind: "string" },
  });
  equal(Object.prototype.toString.call(make()), "[object EventSource]");
});

test("a subclass", () => {
  class Counter extends EventSource {
    count = 0;
    get url() {
      return `mine: ${super.url}`;
    }
  }
  const source = new Counter(url("a"), { withCredentials: true });
  defer(() => source.close());
  equal(source instanceof Counter && source instanceof EventSource, true);
  equal([source.count, source.url, source.withCredentials], [0, `mine: ${url("a")}`, true]);
});

test("Reflect.construct with another new target", () => {
  class Other {}
  const source = Reflect.construct(EventSource, [url()], Other);
  equal(Object.getPrototypeOf(source) === Other.prototype, true);
  EventSource.prototype.close.call(source);
});

for (const name of ["url", "withCredentials", "readyState"]) {
  test(`${name} is an accessor without a setter`, () => {
    const { get, ...rest } = Object.getOwnPropertyDescriptor(EventSource.prototype, name);
    equal(rest, { set: undefined, enumerable: true, configurable: true });
    equal([get.name, get.length], [`get ${name}`, 0]);
    const source = make();
    const before = source[name];
    throws(() => {
      source[name] = "else";
    }, TypeError);
    equal(source[name], before);
    for (const foreign of [undefined, {}, EventSource.prototype, new EventTarget()]) {
      throws(() => get.call(foreign), TypeError);
    }
    throws(() => get.call(Object.create(source)), TypeError);
  });
}

test("a new EventSource is CONNECTING", () => {
  const source = connect(url());
  equal([source.readyState, source.url, source.withCredentials], [0, url(), false]);
});

for (const [name, value] of [
  ["CONNECTING", 0],
  ["OPEN", 1],
  ["CLOSED", 2],
]) {
  test(`${name} is ${value} on the class and on the prototype`, () => {
    for (const object of [EventSource, EventSource.prototype]) {
      equal(Object.getOwnPropertyDescriptor(object, name), {
        ...{ value, writable: false, enumerable: true, configurable: false },
      });
    }
    equal(make()[name], value);
  });
}

test("close is a method of the prototype, returns undefined and may be called again", () => {
  equal(descriptor(EventSource.prototype, "close"), {
    ...{ writable: true, enumerable: true, configurable: true, kind: "function" },
  });
  equal([EventSource.prototype.close.name, EventSource.prototype.close.length], ["close", 0]);
  throws(() => new EventSource.prototype.close(), TypeError);
  const source = connect(url());
  equal(source.close(), undefined);
  equal(source.readyState, 2);
  equal(source.close(), undefined);
  equal(source.readyState, 2);
  throws(() => EventSource.prototype.close.call({}), TypeError);
  throws(() => EventSource.prototype.close.call(Object.create(source)), TypeError);
});

test("nothing else is enumerable", () => {
  const inherited = [];
  for (const name in make()) if (!(name in EventTarget.prototype)) inherited.push(name);
  equal(standard(inherited).sort(), [
    ...["CLOSED", "CONNECTING", "OPEN", "close", "onerror", "onmessage", "onopen"],
    ...["readyState", "url", "withCredentials"],
  ]);
  equal(standard(Object.keys(EventSource)).sort(), ["CLOSED", "CONNECTING", "OPEN"]);
});

test("nothing else at all, and nothing of the wasm", () => {
  equal(standard(Reflect.ownKeys(EventSource.prototype).map(String)).sort(), [
    ...["CLOSED", "CONNECTING", "OPEN", "Symbol(Symbol.toStringTag)", "close", "constructor"],
    ...["onerror", "onmessage", "onopen", "readyState", "url", "withCredentials"],
  ]);
  equal(standard(Reflect.ownKeys(EventSource).map(String)).sort(), [
    ...["CLOSED", "CONNECTING", "OPEN", "length", "name", "prototype"],
  ]);
  // Node stores an EventTarget's data under symbols.
  const bare = Reflect.ownKeys(new EventTarget()).map(String);
  const own = Reflect.ownKeys(connect(url())).map(String);
  equal(own.sort(), bare.sort());
});

test(
  "it cannot be cloned",
  () => throws(() => structuredClone(make()), "DataCloneError"),
  BROWSERS_ONLY,
);
