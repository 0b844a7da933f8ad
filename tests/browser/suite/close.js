// Sections 2 and 6 of behaviour.md: close() at every moment. The server sees what the client has closed. The
// tests wait long enough for whatever must not come any more.

import { EventSource } from "eventsource-wasm";
import { replaceFetch, scripted } from "../fetch.js";
import { config, equal, section, test } from "../harness.js";
import { hold, redirect, scenario, stream, wait } from "../scenario.js";
import { connect, settle, watch } from "../watch.js";

section("close");

/** The source is closed: nothing more is delivered, and there are no more requests than these. */
async function staysClosed({ source, log }, there, expected, requests) {
  await settle();
  equal(log, expected);
  equal(source.readyState, EventSource.CLOSED);
  equal((await there.log()).length, requests);
}

test("at once", async () => {
  const there = await scenario([stream("data: a\n\n", hold)]);
  const watched = watch(there.url);
  watched.source.close();
  equal(watched.source.readyState, EventSource.CLOSED);
  await settle();
  equal(watched.log, []);
  for (const { number } of await there.log()) await there.closed(number);
});

test("fifty at once leave no connection behind", async () => {
  const there = await scenario([], { last: stream(hold) });
  for (let i = 0; i < 50; i++) new EventSource(there.url).close();
  await settle();
  for (const { number } of await there.log()) await there.closed(number);
});

test("before the response", async () => {
  const there = await scenario([[wait("never"), ...stream("data: a\n\n")]]);
  const watched = watch(there.url);
  await there.arrived();
  watched.source.close();
  await there.closed();
  await staysClosed(watched, there, [], 1);
});

test("before the response that a redirect led to", async () => {
  const there = await scenario([redirect(302, "b"), [wait("never"), ...stream()]]);
  const watched = watch(there.url);
  await there.arrived(2);
  watched.source.close();
  // If a fetch is aborted here, Firefox keeps this connection open. Nothing of it is delivered.
  if (config.browser !== "firefox" || config.native) await there.closed(2);
  await staysClosed(watched, there, [], 2);
});

test("while open", async () => {
  const there = await scenario([stream("retry: 1\ndata: a\n\ndata: b\n", hold)]);
  const watched = watch(there.url);
  await watched.until("message");
  watched.source.close();
  await there.closed();
  await staysClosed(watched, there, ["open", "message:a"], 1);
});

test("in open: not even what came with it", async () => {
  const there = await scenario([stream("retry: 1\ndata: a\n\n", hold)]);
  const watched = watch(there.url);
  watched.source.onopen = () => watched.source.close();
  await there.closed();
  await staysClosed(watched, there, ["open"], 1);
});

for (const [name, end] of [
  ["the stream goes on", [hold]],
  ["the stream ends", []],
]) {
  test(`in a message: not the rest of the chunk; ${name}`, async () => {
    const there = await scenario([
      stream("retry: 1\ndata: a\n\ndata: b\n\nevent: error\ndata: c\n\n", ...end),
    ]);
    const watched = watch(there.url);
    watched.source.onmessage = () => watched.source.close();
    await watched.until("message");
    await staysClosed(watched, there, ["open", "message:a"], 1);
  });
}

test("in a message: the other listeners still get this one", async () => {
  const { url } = await scenario([stream("data: a\n\ndata: b\n\n", hold)]);
  const source = connect(url);
  const log = [];
  await new Promise((resolve) => {
    source.onmessage = ({ data }) => {
      source.close();
      log.push(`first ${data} ${source.readyState}`);
    };
    source.addEventListener("message", ({ data }) => {
      log.push(`second ${data}`);
      resolve();
    });
  });
  await settle();
  equal(log, ["first a 2", "second a"]);
});

test("in the error of a reconnection", async () => {
  const there = await scenario([stream("retry: 1\n\n")], { last: stream("data: a\n\n") });
  const watched = watch(there.url);
  watched.source.onerror = () => watched.source.close();
  await watched.until("error");
  await staysClosed(watched, there, ["open", "error 0"], 1);
});

test("while it waits to reconnect", async () => {
  const there = await scenario([stream("retry: 1\n\n")], { last: stream("data: a\n\n") });
  const watched = watch(there.url);
  await new Promise((resolve) => {
    watched.source.onerror = () => Promise.resolve().then(resolve);
  });
  watched.source.close();
  await staysClosed(watched, there, ["open", "error 0"], 1);
});

test("while it waits for long", async () => {
  const there = await scenario([stream("retry: 100000\n\n")], { last: stream("data: a\n\n") });
  const watched = watch(there.url);
  await watched.until("error");
  watched.source.close();
  await staysClosed(watched, there, ["open", "error 0"], 1);
});

test("in the reconnection's open", async () => {
  const there = await scenario([stream("retry: 1\n\n")], { last: stream("data: a\n\n", hold) });
  const watched = watch(there.url);
  let opened = 0;
  watched.source.onopen = () => ++opened === 2 && watched.source.close();
  await there.closed(2);
  await staysClosed(watched, there, ["open", "error 0", "open"], 2);
});

test("in the error of a failure, which has closed it already", async () => {
  const there = await scenario([]);
  const watched = watch(there.url);
  watched.source.onerror = () => watched.source.close();
  await watched.until("error");
  await staysClosed(watched, there, ["error 2"], 1);
});

test("one closes another", async () => {
  const there = await scenario([
    ...[stream(":\n", wait("go"), "data: a\n\n", hold), stream("data: b\n\n", hold)],
  ]);
  const first = watch(`${there.url}?script=0`);
  const second = watch(`${there.url}?script=1`);
  await Promise.all([first.until("open"), second.until("message:b")]);
  first.source.onmessage = () => second.source.close();
  await there.open("go");
  await first.until("message:a");
  await staysClosed(second, there, ["open", "message:b"], 2);
  equal(first.source.readyState, EventSource.OPEN);
});

test("closed and replaced by a new one in its own error", async () => {
  const there = await scenario([stream("data: a\n\n"), stream("data: b\n\n", hold)]);
  const first = watch(there.url);
  const second = await new Promise((resolve) => {
    first.source.onerror = () => {
      first.source.close();
      resolve(watch(there.url));
    };
  });
  await second.until("message:b");
  equal(first.log, ["open", "message:a", "error 0"]);
});

const OURS = { ours: true };

test(
  "a fetch that ignores its signal: before the response",
  async () => {
    replaceFetch((through) => through({ signal: undefined }));
    const there = await scenario([[wait("go"), ...stream("data: a\n\n", hold)]]);
    const watched = watch(there.url);
    await there.arrived();
    watched.source.close();
    await there.open("go");
    await staysClosed(watched, there, [], 1);
  },
  OURS,
);

test(
  "a fetch that ignores its signal: while open",
  async () => {
    replaceFetch((through) => through({ signal: undefined }));
    const there = await scenario([stream("retry: 1\ndata: a\n\n", wait("go"), "data: b\n\n")]);
    const watched = watch(there.url);
    await watched.until("message:a");
    watched.source.close();
    await there.open("go");
    await staysClosed(watched, there, ["open", "message:a"], 1);
  },
  OURS,
);

test(
  "a response that comes too late is let go",
  async () => {
    let respond;
    replaceFetch(() => new Promise((resolve) => (respond = resolve)));
    const { log, source } = watch("https://example.com/");
    // The first EventSource of a realm waits for the WebAssembly.
    while (!respond) await settle();
    source.close();
    await new Promise((cancel) => respond(scripted({ cancel })));
    equal(log, []);
  },
  OURS,
);

test(
  "a body that is read is cancelled",
  async () => {
    const cancelled = new Promise((cancel) => replaceFetch(() => scripted({ cancel })));
    const { log, source, until } = watch("https://example.com/");
    await until("open");
    source.close();
    await cancelled;
    equal(log, ["open"]);
  },
  OURS,
);
