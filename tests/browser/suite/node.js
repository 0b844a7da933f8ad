// Section 6 of behaviour.md, about processes: a waiting EventSource keeps one alive, a closed one lets it
// end, and importing the package leaves no trace. Each test runs a script in a new process.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { equal, section, test } from "../harness.js";
import { closedPort, hold, scenario, stream } from "../scenario.js";

section("node");

const root = new URL("../../../", import.meta.url);

/** What a module prints before its process ends by itself. The first line defines `url`. */
async function prints(script, url = "") {
  const module = `const url = ${JSON.stringify(url)};\n${script}`;
  const args = [...process.execArgv, "--expose-gc", "--input-type=module", "--eval", module];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return stdout.trim();
}

const MAKE = `
  import { EventSource } from "eventsource-wasm";
  const source = new EventSource(url);
`;

test("the wait for the next request keeps the process alive", async () => {
  const there = await scenario([stream("retry: 300\n\n"), stream("data: again\n\n", hold)]);
  const script = `${MAKE} source.onmessage = ({ data }) => { console.log(data); source.close(); };`;
  equal(await prints(script, there.url), "again");
  await there.closed(2);
});

test("an open stream keeps it alive, close() lets it go", async () => {
  const there = await scenario([stream("data: a\n\n", hold)]);
  const script = `${MAKE}
    const leave = () => { console.log("bye"); source.close(); };
    source.onopen = () => setTimeout(leave, 100);
  `;
  equal(await prints(script, there.url), "bye");
});

test("close() in a long wait lets it go", async () => {
  const there = await scenario([stream("retry: 1000000\n\n")]);
  const script = `${MAKE} source.onerror = () => setTimeout(() => source.close());`;
  equal(await prints(script, there.url), "");
});

test("a failure lets it go", async () => {
  const there = await scenario([]);
  equal(
    await prints(`${MAKE} source.onerror = () => console.log(source.readyState);`, there.url),
    "2",
  );
});

test("closed at once, it lets it go", async () => {
  const there = await scenario([], { last: stream(hold) });
  equal(await prints(`${MAKE} source.close();`, there.url), "");
});

test("importing touches no global and keeps nothing alive", async () => {
  const script = `
    const before = Reflect.ownKeys(globalThis).length;
    await import("eventsource-wasm");
    console.log(Reflect.ownKeys(globalThis).length - before);
  `;
  equal(await prints(script), "0");
});

test(
  "ten thousand made and closed leave none behind",
  async () => {
    const there = await scenario([], { last: stream("data: a\n\n", hold) });
    const script = `
    import { EventSource } from "eventsource-wasm";
    const made = [];
    async function makeAndClose(number) {
      const source = new EventSource(url);
      made.push(new WeakRef(source));
      if (number % 10 === 0) await new Promise((resolve) => (source.onmessage = resolve));
      else if (number % 10 === 1) await new Promise(setImmediate);
      source.close();
    }
    const left = () => made.filter((one) => one.deref()).length;
    for (let number = 0; number < 10_000; number += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, i) => makeAndClose(number + i)));
    }
    while (left() > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      gc();
    }
    console.log(made.length, left());
  `;
    equal(await prints(script, there.url), "10000 0");
  },
  { limit: 100_000 },
);

test("whatever the WebAssembly's source rejects with, the core in JavaScript is loaded", async () => {
  const there = await scenario([stream("data: a\n\n", hold)]);
  const script = `
    import { EventSource, initialise } from "eventsource-wasm/slim";
    initialise(Promise.reject(undefined));
    const source = new EventSource(url);
    source.onmessage = ({ data }) => { console.log(data); source.close(); };
  `;
  equal(await prints(script, there.url), "a");
});

test("without a DecompressionStream, the core in JavaScript is loaded", async () => {
  const there = await scenario([stream("data: a\n\n", hold)]);
  const script = `
    delete globalThis.DecompressionStream;
    ${MAKE} source.onmessage = ({ data }) => { console.log(data); source.close(); };
  `;
  equal(await prints(script, there.url), "a");
});

test("a network error's message names its causes", async () => {
  const script = `${MAKE} source.onerror = ({ message }) => { console.log(message); source.close(); };`;
  const { port } = await closedPort();
  const message = await prints(script, `http://127.0.0.1:${port}/`);
  const causes = ` (fetch failed: connect ECONNREFUSED 127.0.0.1:${port})`;
  equal(message.slice(-causes.length), causes);
});

test("each listener and each request runs in the asynchronous context of its source", async () => {
  const count = 4;
  const all = Array.from({ length: count }, () => {
    const burst = "data: a\n\n".repeat(20);
    return scenario([
      stream(`retry: 1\n${burst}`),
      stream(burst, "data: b\n\n", "data: end\n\n", hold),
    ]);
  });
  const urls = (await Promise.all(all)).map(({ url }) => url);
  const script = `
    import { AsyncLocalStorage } from "node:async_hooks";
    import { EventSource } from "eventsource-wasm";
    const context = new AsyncLocalStorage();
    const wrong = new Set();
    let calls = 0;
    const { fetch } = globalThis;
    const check = (name, what) => (calls++, context.getStore() === name || wrong.add(what));
    globalThis.fetch = (url, init) => (check(url, "fetch"), fetch(url, init));
    const over = JSON.parse(url).map((one) => context.run(one, () => new Promise((resolve) => {
      const source = new EventSource(one);
      source.onopen = () => check(one, "open");
      source.onerror = () => check(one, "error");
      source.onmessage = ({ data }) => {
        check(one, "message");
        if (data === "end") resolve(source.close());
      };
    })));
    await Promise.all(over);
    console.log(calls, [...wrong].join());
  `;
  // Of each source: two requests, two opens, one error and 42 messages.
  equal(await prints(script, JSON.stringify(urls)), String(count * 47));
});

test("timers that a test replaces stop nothing but the wait for a reconnection", async () => {
  const there = await scenario([stream("data: a\n\ndata: b\n\n"), stream("data: c\n\n", hold)]);
  const script = `
    import { mock } from "node:test";
    import { EventSource } from "eventsource-wasm";
    mock.timers.enable({ apis: ["setTimeout", "setImmediate", "setInterval"] });
    const source = new EventSource(url);
    source.onerror = ({ delay }) => { console.log("error"); mock.timers.tick(delay); };
    source.onmessage = ({ data }) => { console.log(data); if (data === "c") source.close(); };
  `;
  equal((await prints(script, there.url)).split("\n"), ["a", "b", "error", "c"]);
});
