// Section 7 of behaviour.md: what happens if the realm lacks something that the class needs. There is an
// error event with readyState 2, and one line on the console that names what is missing or forbidden. This
// runs in separate realms, before anything has been loaded.

import { listenToConsole } from "../console.js";
import { defer, equal, expectUncaught, section, test } from "../harness.js";
import { hold, scenario, stream, wait } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("absent");

/** The realm's core, once it is loaded. */
let core;

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
    core = trapped();
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
  // In "csp", the core in JavaScript is not next to the script. In service workers, it cannot be imported.
  { only: ["csp", "csp-service"], ours: true },
);

test(
  "the core crashes: every EventSource is told, and none works after it",
  async () => {
    const uncaught = expectUncaught();
    const lines = listenToConsole();
    const there = await Promise.all(
      [1, 2].map(() => scenario([stream(": a\n", wait("go"), ":\n")])),
    );
    const seen = there.map(({ url }) => watch(url));
    await Promise.all(seen.map(({ until }) => until("open")));
    const errors = seen.map(({ source }) => new Promise((resolve) => (source.onerror = resolve)));
    core.traps = true;
    await there[0].open("go");
    for (const { reason, error } of await Promise.all(errors)) {
      equal([reason, error instanceof WebAssembly.RuntimeError], ["init", true]);
    }
    equal(
      seen.map(({ log }) => log),
      [
        ["open", "error 2"],
        ["open", "error 2"],
      ],
    );

    core.traps = false;
    const { log, until } = watch(there[1].url);
    await until("error");
    equal(log, ["error 2"]);
    equal([lines.length, lines.every((line) => /crashed.*Reload the page/.test(line))], [3, true]);
    equal(uncaught.length > 0, true);
  },
  REALM,
);

/** From now on, a core that is loaded traps in each export while `traps` is true. */
function trapped() {
  const loaded = { traps: false };
  const { instantiate } = WebAssembly;
  defer(() => {
    WebAssembly.instantiate = instantiate;
  });
  const trap = (real) =>
    typeof real !== "function"
      ? real
      : (...args) => {
          if (loaded.traps) throw new WebAssembly.RuntimeError("unreachable");
          return real(...args);
        };
  WebAssembly.instantiate = async (...args) => {
    const { instance } = await instantiate(...args);
    const exports = Object.entries(instance.exports).map(([name, real]) => [name, trap(real)]);
    return { exports: Object.fromEntries(exports) };
  };
  return loaded;
}
