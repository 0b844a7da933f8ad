// Section 1 of behaviour.md: what loading the package changes in the realm, and that the class works there,
// for every way of loading it.

import { EventSource } from "eventsource-wasm";
import { equal, section, test } from "../harness.js";
import { scenario, stream } from "../scenario.js";
import { watch } from "../watch.js";

section("loading");

const CLASSIC = ["classic", "classic-worker"];

const isNative = (value) => /\[native code\]/.test(Function.prototype.toString.call(value));

test("a stream, a reconnection, a failure", async () => {
  const there = await scenario([
    ...[stream("retry: 1\nid: 1\ndata: a\n\nevent: named\ndata: b\n\n"), stream("data: c\n\n")],
  ]);
  const { log, source, until } = watch(there.url, { types: ["named"] });
  await until("error 2");
  equal(log, [
    ...["open", "message:a#1", "named:b#1", "error 0"],
    ...["open", "message:c#1", "error 0", "error 2"],
  ]);
  equal([source.url, source.readyState], [there.url, EventSource.CLOSED]);
  equal((await there.arrived(2)).header("last-event-id"), "1");
});

test(
  "WebAssembly is refused, and the class works without it",
  async () => {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    const { WebAssembly } = globalThis;
    await WebAssembly?.instantiate(empty).then(
      () => Promise.reject(new Error("it is not refused")),
      () => {},
    );
  },
  { only: ["js", "csp-classic", "csp-module", "csp-worker"] },
);

test(
  "the classic script installs the class as a global like a native one",
  () => {
    equal([globalThis.EventSource === EventSource, isNative(EventSource)], [true, false]);
    const { value, ...flags } = Object.getOwnPropertyDescriptor(globalThis, "EventSource");
    equal(flags, { writable: true, enumerable: false, configurable: true });
  },
  { only: CLASSIC, ours: true },
);

test(
  "the module leaves the global alone",
  () => {
    equal(globalThis.EventSource === EventSource, false);
    equal(isNative(globalThis.EventSource), true);
  },
  // Node has no such global. Another process tests that loading the package does not add it.
  { except: [...CLASSIC, "node"], ours: true },
);
