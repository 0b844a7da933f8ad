// What only a process can show: that a waiting EventSource keeps it alive, that a closed one lets
// it go, and that importing the package leaves no trace. Each runs a script in a process of its
// own.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { equal, section, test } from "../harness.js";
import { hold, scenario, stream } from "../scenario.js";

section("node");

const root = new URL("../../../", import.meta.url);

/** What a module prints before its process ends by itself; the first line makes `url` known. */
async function prints(script, url = "") {
  const module = `const url = ${JSON.stringify(url)};\n${script}`;
  const args = ["--input-type=module", "--eval", module];
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
