// Measures every contender side by side, in the installed browsers and in Node:
//
//   npm run bench -- [--engine chromium|firefox|webkit|node|newest-node]… [--workload tokens|…]…
//                    [--rounds 3] [--all]
//
// Prints each engine's tables. --all adds the workloads that take long. docs/performance.md says how it
// measures.
//
// With --engine or --workload, the report is reports/bench-part.json, and no tracked file changes. Without
// them, the report is reports/bench.json. If no engine was missing, such a run also replaces
// docs/benchmarks.md and the README's chart, docs/bench.svg.

import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, run } from "../scripts/shell.mjs";
import { buildPage } from "./build.mjs";
import { chart } from "./chart.mjs";
import { engines, NODE_SCRIPT } from "./engines.mjs";
import { benchmarks, section } from "./print.mjs";
import { OURS } from "./results.mjs";
import { workloads } from "./workloads.js";

const { values: options } = parseArgs({
  options: {
    engine: { type: "string", multiple: true },
    workload: { type: "string", multiple: true },
    rounds: { type: "string", default: "3" },
    all: { type: "boolean" },
  },
});
/** These workloads are measured in a process that has done nothing else. */
const ALONE = ["start", "memory"];
const starters = ({ isBrowser }) => [OURS, isBrowser ? "native" : "undici", "eventsource 5"];

const began = performance.now();
const isPart = Boolean(options.engine || options.workload);
const file = isPart ? "bench-part.json" : "bench.json";
const rounds = Number(options.rounds);
const chosenEngines = choose("engine", engines());
const chosen = choose("workload", workloads)
  .filter(({ name, isLong }) => !isLong || options.all || options.workload?.includes(name))
  .map(({ name }) => name);
const { script, module } = await buildPage();
for (const folder of [join(ROOT, "reports"), dirname(NODE_SCRIPT)]) {
  mkdirSync(folder, { recursive: true });
}
writeFileSync(NODE_SCRIPT, module);
const server = await startServer(script);
const report = {
  date: new Date().toISOString(),
  commit: await commit(),
  machine: `${cpus()[0].model}, ${cpus().length} processors, ${process.platform} ${process.arch}`,
  command: ["npm run bench", process.argv.slice(2).join(" ")].filter(Boolean).join(" -- "),
  engines: {},
};

for (const engine of chosenEngines) {
  if (!engine.found) {
    console.log(`${engine.name}: not measured, because it is not installed (${engine.hint})`);
    continue;
  }
  const result = await measure(engine);
  report.engines[engine.name] = result;
  console.log(`\n${section(engine.name, result)}`);
  writeFileSync(join(ROOT, "reports", file), JSON.stringify(report, null, 2));
}
server.process.disconnect();
if (!isPart) publish();

/** Replaces the tracked results, but only if every engine was measured. */
function publish() {
  const missing = chosenEngines.filter(({ found }) => !found).map(({ name }) => name);
  if (missing.length > 0) {
    console.log(`docs/ was not changed, because these were not measured: ${missing.join(", ")}.`);
    return;
  }
  writeFileSync(join(ROOT, "docs/benchmarks.md"), benchmarks(report));
  writeFileSync(join(ROOT, "docs/bench.svg"), chart(report));
}

/** The commit that is measured, with "-dirty" if there are uncommitted changes. */
async function commit() {
  const command = run("git", ["describe", "--always", "--dirty", "--exclude=*"], { quiet: true });
  return (await command.catch(() => "unknown")).trim();
}

function choose(option, all) {
  const names = all.map(({ name }) => name);
  for (const name of options[option] ?? []) {
    if (!names.includes(name)) {
      console.error(`There is no ${option} "${name}". Choose from ${names.join(", ")}.`);
      process.exit(2);
    }
  }
  return all.filter(({ name }) => !options[option] || options[option].includes(name));
}

async function startServer() {
  const child = fork(join(import.meta.dirname, "server.mjs"));
  child.send({ script });
  const { ports } = await new Promise((resolve) => child.once("message", resolve));
  return { process: child, origins: ports.map((port) => `http://127.0.0.1:${port}`) };
}

async function measure(engine) {
  const result = { workloads: {} };
  const names = chosen.filter((name) => !ALONE.includes(name));
  if (names.length > 0) await visit(engine, { names, rounds }, result);
  if (chosen.includes("memory")) await visit(engine, { names: ["memory"], rounds: 1 }, result);
  for (let round = 0; round < rounds && chosen.includes("start"); round++) {
    for (const contender of starters(engine)) {
      await visit(engine, { names: ["start"], rounds: 1, contender }, result);
    }
  }
  return result;
}

/** Opens the page once, and adds what it reports to `result`. */
async function visit(engine, settings, result) {
  const query = new URLSearchParams({
    settings: JSON.stringify({ ...settings, origins: server.origins }),
  });
  const child = await engine.open(`${server.origins[0]}/?${query}`);
  server.process.send({ engine: child.pid });
  try {
    await new Promise((resolve, reject) => {
      child.exited.then((how) => reject(new Error(`${engine.name} ${how}`)));
      server.process.on("message", function hear({ report }) {
        if (report.agent) Object.assign(result, report);
        if (report.name) {
          add(result.workloads, report);
          console.error(
            `${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${engine.name}: ${report.name}`,
          );
        }
        if (!report.isOver && !report.error) return;
        server.process.off("message", hear);
        if (report.error) reject(new Error(`${engine.name}: ${report.error}`));
        else resolve();
      });
    });
  } finally {
    await child.close();
  }
}

/** Adds the rounds of each contender. The medians are taken later. */
function add(all, { name, results, errors }) {
  all[name] ??= { results: {}, errors: {} };
  for (const [contender, list] of Object.entries(results)) {
    all[name].results[contender] = [...(all[name].results[contender] ?? []), ...list];
  }
  Object.assign(all[name].errors, errors);
  if (errors[OURS]) process.exitCode = 1;
}
