// Sections 2, 4 and 7 of behaviour.md, about faults of `fetch`: the page has replaced it with a broken one.

import { replaceFetch, scripted } from "../fetch.js";
import { config, equal, section, test } from "../harness.js";
import { bytesOf, hold, scenario, stream } from "../scenario.js";
import { logJobs, settle, watch } from "../watch.js";

section("errors", { ours: true });

for (const [name, broken, ...seen] of [
  [
    "throws",
    () => {
      throw new TypeError("broken");
    },
  ],
  [
    "throws no error",
    () => {
      throw undefined;
    },
  ],
  ["rejects", () => Promise.reject(new TypeError("broken"))],
  ["rejects with nothing", () => Promise.reject()],
  [
    "rejects with somebody else's AbortError",
    () => Promise.reject(new DOMException("not yours", "AbortError")),
  ],
  ["returns nothing", () => undefined],
  ["resolves with nothing", async () => undefined],
  ["resolves with what is no response", async () => ({})],
  [
    "gives a body that fails",
    async () => scripted({ pull: (controller) => controller.error(new Error("broken")) }),
    "open",
  ],
  [
    "gives a body that fails with undefined",
    async () => scripted({ pull: (controller) => controller.error() }),
    "open",
  ],
  [
    "gives a body of no bytes",
    async () => scripted({ pull: (controller) => controller.close() }),
    "open",
  ],
  [
    "gives no body",
    async () => new Response(null, { headers: { "Content-Type": "text/event-stream" } }),
    "open",
  ],
]) {
  test(`reestablished when fetch ${name}`, async () => {
    const there = await scenario([stream("retry: 1\n\n"), stream("data: a\n\n", hold)]);
    replaceFetch((through) => through(), broken);
    const { log, until } = watch(there.url);
    await until("message:a");
    equal(log, ["open", "error 0", ...seen, "error 0", "open", "message:a"]);
  });
}

test("fetch gets one signal a connection, and it is aborted by close only", async () => {
  const there = await scenario([stream("retry: 1\n\n"), stream("data: a\n\n", hold)]);
  const signals = [];
  const spy = (through, input, init) => {
    signals.push(init?.signal ?? input.signal);
    return through();
  };
  replaceFetch(spy, spy);
  const { source, until } = watch(there.url);
  await until("message:a");
  equal(signals.map(({ aborted }) => aborted).at(-1), false);
  source.close();
  await there.closed(2);
  equal(signals.map(({ aborted }) => aborted).at(-1), true);
});

for (const hops of [1, 10, 100]) {
  test(`a response made so that a chunk follows ${hops} promise jobs after another`, async () => {
    const chunks = ["a", "b", "c"].map((data) => bytesOf(`data: ${data}\n\n`));
    const pull = async (controller) => {
      // Waits until `open` and its turns are over.
      if (chunks.length === 3) await settle();
      for (let hop = 0; hop < hops; hop++) await null;
      if (chunks.length > 0) controller.enqueue(chunks.shift());
      else controller.close();
    };
    replaceFetch(async () => scripted({ pull }));
    const { source, until } = watch(`${config.origin}/made-up`);
    const log = logJobs(source, 200);
    await until("error");
    source.close();
    equal(log, ["a", "job of a", "b", "job of b", "c", "job of c"]);
  });
}

test("all bytes at once, each a chunk: all promise jobs of an event run before the next", async () => {
  const chunks = ["a", "b", "c"].flatMap((data) =>
    Array.from(bytesOf(`data: ${data.repeat(50)}\n\n`), (byte) => new Uint8Array([byte])),
  );
  // This response has a URL, as if it had been fetched.
  const response = scripted({
    async start(controller) {
      await settle();
      await new Promise((resolve) => setTimeout(resolve));
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const url = `${config.origin}/made-up`;
  replaceFetch(async () => Object.defineProperty(response, "url", { value: url }));
  const { source, until } = watch(url);
  const log = logJobs(source, 500);
  await until("error");
  source.close();
  equal(log, ["a", "job of a", "b", "job of b", "c", "job of c"]);
});

test("a response made from bytes that come whole", async () => {
  replaceFetch(
    async () => new Response("data: a\n\n", { headers: { "Content-Type": "text/event-stream" } }),
  );
  const { log, source, until } = watch(`${config.origin}/made-up`);
  await until("error");
  source.close();
  equal(log, ["open", "message:a", "error 0"]);
});
