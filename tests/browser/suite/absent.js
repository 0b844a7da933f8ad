// What the class needs and the realm has not: an error event with readyState 2, and one line on the
// console that names what is missing or forbidden. Runs in realms of its own, before anything has
// been loaded.

import { listenToConsole } from "../console.js";
import { defer, equal, section, test } from "../harness.js";
import { hold, scenario, stream } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("absent");

const REALM = { only: ["absent"], ours: true };

async function failsNaming(pattern) {
  const there = await scenario([], { last: stream("data: a\n\n", hold) });
  const lines = listenToConsole();
  const { log, source, until } = watch(there.url);
  await until("error");
  equal([log, source.readyState], [["error 2"], 2]);
  equal([lines.length, pattern.test(lines[0])], [1, true], lines.join());
  equal((await there.log()).length, 0);
}

for (const name of ["WebAssembly", "fetch"]) {
  test(
    `no ${name}`,
    () => {
      const original = Object.getOwnPropertyDescriptor(globalThis, name);
      delete globalThis[name];
      defer(() => Object.defineProperty(globalThis, name, original));
      return failsNaming(new RegExp(name));
    },
    REALM,
  );
}

test(
  "when it is there again, a new EventSource works",
  async () => {
    await settle();
  },
  REALM,
);

test(
  "a content security policy that forbids WebAssembly",
  async () => {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    const refused = await WebAssembly.instantiate(empty).then(
      () => false,
      () => true,
    );
    equal(refused, true, "the engine enforces it");
    await failsNaming(/'wasm-unsafe-eval'.*"eventsource-wasm\/js"/);
  },
  // There, the core in JavaScript is not beside the script; in service workers, it cannot be imported.
  { only: ["csp", "csp-service"], ours: true },
);
