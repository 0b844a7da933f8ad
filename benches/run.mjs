// Every contender side by side, in the browsers that are installed and in Node:
//
//   npm run bench -- [--engine chromium|firefox|webkit|node] [--workload tokens|…] [--rounds 5]
//
// Prints medians as ratios to ours, and milliseconds; writes them to reports/bench.json. Browsers are
// started plainly: where a debugger listens, native Chromium is ten times slower.

import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../scripts/build.mjs";
import { ROOT } from "../scripts/shell.mjs";
import { browsers } from "../tests/browser/launch.mjs";
import { workloads } from "./workloads.js";

const OURS = "eventsource-wasm";

const { values: options } = parseArgs({
  options: {
    engine: { type: "string" },
    workload: { type: "string" },
    rounds: { type: "string", default: "5" },
  },
});
const settings = { rounds: Number(options.rounds), only: options.workload };

await build();
const server = await startServer();
const results = {};
for (const { name, found, launch } of browsers()) {
  if (options.engine && options.engine !== name) continue;
  if (!found) console.log(`${name}: not installed`);
  else results[name] = await inBrowser(name, launch);
}
if (!options.engine || options.engine === "node") results.node = await inNode();
server.process.kill();
mkdirSync(join(ROOT, "reports"), { recursive: true });
writeFileSync(join(ROOT, "reports/bench.json"), JSON.stringify(results, null, 2));

async function startServer() {
  const child = fork(join(import.meta.dirname, "server.mjs"));
  child.send({ script: await bundle("iife") });
  const { port } = await new Promise((resolve) => child.once("message", resolve));
  return { process: child, origin: `http://127.0.0.1:${port}` };
}

async function bundle(format) {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ["benches/page.js"],
    bundle: true,
    format,
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}

async function inBrowser(name, launch) {
  const query = new URLSearchParams({ options: JSON.stringify(settings) });
  const browser = await launch(`${server.origin}/?${query}`, ["--js-flags=--expose-gc"]);
  try {
    return await new Promise((resolve, reject) => {
      browser.exited.then((how) => reject(new Error(`${name} ${how}`)));
      server.process.on("message", function hear({ report }) {
        if (report.done) return console.error(`${name}: ${report.done} measured`);
        server.process.off("message", hear);
        if (report.error) return reject(new Error(`${name}: ${report.error}`));
        print(name, report.results);
        resolve(medians(report.results));
      });
    });
  } finally {
    await browser.close();
  }
}

async function inNode() {
  const folder = join(ROOT, "target/bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "page.mjs"), await bundle("esm"));
  const { measure } = await import(join(folder, "page.mjs"));
  const times = await measure(server.origin, settings, (done) =>
    console.error(`node: ${done} measured`),
  );
  print("node", times);
  return medians(times);
}

function medians(times) {
  const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const each = (object, map) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
  return each(times, (contenders) => each(contenders, median));
}

function print(engine, times) {
  for (const [workload, contenders] of Object.entries(medians(times))) {
    const { about } = workloads.find(({ name }) => name === workload);
    console.log(`\n${engine}, ${workload} (${about})`);
    for (const [name, time] of Object.entries(contenders)) {
      const ratio = (time / contenders[OURS]).toFixed(2).padStart(6);
      console.log(`${ratio} ×  ${time.toFixed(0).padStart(6)} ms  ${name}`);
    }
  }
}
