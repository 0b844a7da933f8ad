// Sections 1 and 7 of behaviour.md, about faults of the page: listeners that throw, and a console that
// throws.

import { listenToConsole } from "../console.js";
import { defer, equal, expectUncaught, section, test } from "../harness.js";
import { hold, respond, scenario, stream } from "../scenario.js";
import { connect, settle, watch } from "../watch.js";

section("errors");

test("listeners that throw are reported and stop nothing", async () => {
  const uncaught = expectUncaught();
  const { url } = await scenario([
    ...[stream("retry: 1\ndata: a\n\ndata: b\n\n"), stream("data: c\n\n")],
  ]);
  const { log, source, until } = watch(url);
  for (const type of ["open", "message", "error"]) {
    source[`on${type}`] = (event) => {
      throw new Error(`on${type} ${event.data ?? ""}`);
    };
    source.addEventListener(type, () => {
      throw new Error(type);
    });
  }
  await until("error 2");
  equal(log, [
    ...["open", "message:a", "message:b", "error 0"],
    ...["open", "message:c", "error 0", "error 2"],
  ]);
  equal(
    uncaught.map(({ message }) => message),
    [
      ...[
        "onopen ",
        "open",
        "onmessage a",
        "message",
        "onmessage b",
        "message",
        "onerror ",
        "error",
      ],
      ...["onopen ", "open", "onmessage c", "message", "onerror ", "error", "onerror ", "error"],
    ],
  );
});

test("a listener that rejects is reported and stops nothing", async () => {
  const uncaught = expectUncaught();
  const { url } = await scenario([stream("data: a\n\ndata: b\n\n")]);
  const { log, source, until } = watch(url);
  source.onmessage = async ({ data }) => {
    throw new Error(data);
  };
  await until("error");
  equal(log, ["open", "message:a", "message:b", "error 0"]);
  source.close();
  await settle();
  equal(uncaught.map(({ message }) => message).sort(), ["a", "b"]);
});

test("listeners that come and go while events are delivered", async () => {
  const body = Array.from({ length: 100 }, (_, i) => `data: ${i}\n\n`).join("");
  const { url } = await scenario([stream(body)]);
  const { log, source, until } = watch(url);
  let changes = 0;
  source.onmessage = function again() {
    const listener = () => {
      changes++;
      source.removeEventListener("message", listener);
      source.onmessage = null;
      source.onmessage = again;
    };
    source.addEventListener("message", listener);
  };
  await until("error");
  equal([log.length, changes > 0], [102, true]);
});

test("nothing is written to the console where all is well", async () => {
  const lines = listenToConsole();
  const { url } = await scenario([stream("retry: 1\ndata: a\n\n"), stream(Uint8Array.of(255, 10))]);
  const { until } = watch(url);
  await until("error 2");
  connect("mailto:a@example.com").close();
  equal(lines, []);
});

test(
  "a console that throws stops no events, neither of this source nor of another",
  async () => {
    const uncaught = expectUncaught();
    const [broken, well] = await Promise.all([
      scenario([respond(500)]),
      scenario([stream("data: a\n\n", hold)]),
    ]);
    const { error } = console;
    defer(() => {
      console.error = error;
    });
    console.error = () => {
      throw new Error("console");
    };
    const failing = watch(broken.url);
    await failing.until("error");
    equal(failing.log, ["error 2"]);
    await watch(well.url).until("message:a");
    equal(
      uncaught.map(({ message }) => message),
      ["console"],
    );
  },
  { ours: true },
);

test(
  "a queueMicrotask that a page has replaced stops nothing",
  async () => {
    const { url } = await scenario([stream("retry: 1\ndata: a\n\n"), stream("data: b\n\n", hold)]);
    const { queueMicrotask } = globalThis;
    defer(() => {
      globalThis.queueMicrotask = queueMicrotask;
    });
    globalThis.queueMicrotask = () => {};
    const { log, until } = watch(url);
    await until("message:b");
    equal(log, ["open", "message:a", "error 0", "open", "message:b"]);
  },
  // In Node, fetch itself needs it.
  { only: ["window", "dedicated"], ours: true },
);
