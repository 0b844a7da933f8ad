// Tests the packed tarball in every runtime and with every bundler:
//
//   node tests/everywhere/run.mjs [--runtime "Node 22"]… [--bundler vite]…
//
// If all of them run and pass, this updates the table in docs/platforms.md.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { nodeModules } from "../../scripts/setup.mjs";
import { ROOT, run as shell } from "../../scripts/shell.mjs";
import { start } from "../browser/child.mjs";
import { chromium } from "../browser/launch.mjs";
import { within } from "../within.mjs";
import { BUNDLERS, OWN as OWN_BUNDLERS, startApp } from "./bundlers.mjs";
import { HERE, install, pack } from "./install.mjs";
import { OWN as OWN_RUNTIMES, RUNTIMES } from "./runtimes.mjs";
import { serve } from "./server.mjs";
import { writeTable } from "./table.mjs";

const BIN = "node_modules/.bin";
/** Checks the tarball: its types, in every way in which they can be resolved, and its manifest. */
const LINTERS = [
  // Files that are not modules have no types.
  ["attw", "--format", "ascii", "--exclude-entrypoints", "classic", "eventsource.wasm", "--"],
  ["publint", "run", "--strict", "--pack", "false"],
];

/** A browser that compiles nothing at run time has no WebAssembly, like Safari in its Lockdown Mode. */
const WITHOUT_WASM = ["--js-flags=--jitless"];

/** How long a process may take to end after it has nothing left to do. */
const PATIENCE = 20_000;

export async function run({ runtimes = {}, bundlers = {}, print = console.log } = {}) {
  const tarball = await pack();
  await install(tarball);
  const server = await serve();
  const total = { passed: 0, failed: 0 };

  async function test(name, body) {
    try {
      await body(server.consumer(name));
      total.passed++;
      print(`${name}: passed`);
    } catch (error) {
      total.failed++;
      print(`${name}: FAILED\n  ${error.message.trim().replaceAll("\n", "\n  ")}`);
    }
  }

  try {
    for (const [linter, ...args] of LINTERS) {
      await test(linter, () => shell(join(ROOT, BIN, linter), [...args, tarball], { quiet: true }));
    }
    await test("paths", refusePaths);
    for (const [runtime, { version, prepare, ...ways }] of Object.entries(runtimes)) {
      for (const [way, command] of Object.entries(ways)) {
        await test(`${runtime}, ${way}`, async ({ streams, result }) => {
          await prepare?.();
          await runProcess(command, streams, result());
        });
      }
    }
    for (const [bundler, app] of Object.entries(bundlers)) {
      await test(bundler, async ({ streams, result }) => {
        const { url, close } = await startApp(bundler, app, server);
        try {
          await visit(app, url, streams, result());
          if (app.path || app.needsWasm) return;
          const other = server.consumer(`${bundler} without WebAssembly`);
          await visit(app, url, other.streams, other.result("undefined"), WITHOUT_WASM);
        } finally {
          await close();
        }
      });
    }
  } finally {
    server.close();
  }
  return total;
}

/** Throws if the WebAssembly names a source. A panic's message would name one, with this machine's folders. */
async function refusePaths() {
  const wasm = join(HERE, "node_modules/eventsource-wasm/eventsource.wasm");
  const [path] = (await readFile(wasm, "latin1")).match(/[\w.+:\\/-]+\.rs\b/) ?? [];
  if (path) throw new Error(`the WebAssembly names the source ${path}`);
}

/** Opens the page in Chromium, or requests `path` if it is not a page. */
async function visit({ path }, page, streams, result, switches = []) {
  const url = `${page}?${new URLSearchParams({ streams })}`;
  if (path) {
    await fetch(url);
    return result;
  }
  const browser = await chromium().launch(url, switches);
  try {
    await Promise.race([
      result,
      browser.exited.then((how) => Promise.reject(new Error(`Chromium ${how}`))),
    ]);
  } finally {
    await browser.close();
  }
}

/** Runs the part for which the project's own packages are enough. */
export function runOwn() {
  return run({ runtimes: OWN_RUNTIMES, bundlers: OWN_BUNDLERS });
}

/** Runs a process, which has to report and then end by itself. */
async function runProcess([command, ...args], streams, result) {
  const process = start(command, args, { env: { ...globalThis.process.env, STREAMS: streams } });
  try {
    await Promise.race([
      result,
      process.exited.then(async (how) => {
        if (!how.startsWith("ended (0)")) throw new Error(how);
        await result;
      }),
    ]);
    const how = await within(PATIENCE, process.exited, "it does not end");
    if (!how.startsWith("ended (0)")) throw new Error(how);
  } finally {
    await process.close();
  }
}

if (process.argv[1] === import.meta.filename) {
  const list = { type: "string", multiple: true, default: [] };
  const { values } = parseArgs({ options: { runtime: list, bundler: list } });
  // The runtimes and bundlers take more than a gigabyte, so they are installed only here.
  await nodeModules("tests/everywhere");
  const chosen = (all, names) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  const isAll = values.runtime.length + values.bundler.length === 0;
  const { failed } = await run({
    runtimes: isAll ? RUNTIMES : chosen(RUNTIMES, values.runtime),
    bundlers: isAll ? BUNDLERS : chosen(BUNDLERS, values.bundler),
  });
  if (isAll && failed === 0) await writeTable(RUNTIMES, BUNDLERS);
  process.exitCode = failed > 0 ? 1 : 0;
}
