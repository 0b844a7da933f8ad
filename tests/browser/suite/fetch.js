// Faults of fetch, from sections 1, 4 and 7 of behaviour.md: the page has replaced it by a broken
// one.

import { replaceFetch, scripted } from "../fetch.js";
import { config, equal, section, test } from "../harness.js";
import { hold, scenario, stream } from "../scenario.js";
import { watch } from "../watch.js";

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

test("a response made from bytes that come whole", async () => {
  replaceFetch(
    async () => new Response("data: a\n\n", { headers: { "Content-Type": "text/event-stream" } }),
  );
  const { log, source, until } = watch(`${config.origin}/made-up`);
  await until("error");
  source.close();
  equal(log, ["open", "message:a", "error 0"]);
});
