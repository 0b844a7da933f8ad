// The figures as Markdown. A run that measures everything writes docs/benchmarks.md with it. For the report
// of an earlier run, this prints what that file would contain:
//
//   node benches/print.mjs [reports/bench.json]

import { readFileSync } from "node:fs";
import { engineName, FLOOR, medians, OURS, timesLimit, timesOurs } from "./results.mjs";
import { targets } from "./targets.mjs";
import { workloads } from "./workloads.js";

const DISPATCH = ["dispatch", "dispatch in turns"];
const PIECES = ["parse", "parse and decode", "eventsource-parser", ...DISPATCH];
/** For these workloads, the processor's time says more than the clock's, because the server sets the pace. */
const isPaced = ({ kind, cut }) => kind === "latency" || cut !== "whole";

/** All of docs/benchmarks.md. */
export function benchmarks({ date, commit, machine, command, engines }) {
  const head = `# Benchmarks

\`npm run bench\` writes this file when it measures everything. [performance.md](performance.md) says how to
read it: under "time ÷ ours", 2.00 takes twice as long as ours.

- Date: ${date.slice(0, 10)}
- Commit: ${commit}
- Machine: ${machine}
- Command: \`${command}\``;
  const sections = Object.entries(engines).map(([name, result]) => section(name, result));
  return `${[head, ...sections].join("\n\n")}\n`;
}

/** The section about one engine. */
export function section(name, result) {
  const all = medians(result);
  const title = engineName(name, result.agent);
  return [
    `## ${title}`,
    received(title, all),
    pieces(title, all),
    others(title, all),
    table(["target", "reached"], targets(name, all)),
    ...Object.entries(result.workloads).flatMap(([workload, { errors }]) =>
      Object.entries(errors).map(
        ([one, error]) => `${title}: ${one} fails on ${workload}: ${error}`,
      ),
    ),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function received(title, all) {
  const measured = workloads.filter(({ kind, name }) => kind === "receive" && all[name]);
  const names = [...new Set(measured.flatMap(({ name }) => Object.keys(all[name])))].filter(
    (name) => name !== OURS && !PIECES.includes(name),
  );
  const rows = measured.flatMap((workload) => {
    const contenders = all[workload.name];
    const row = (label, number) => [
      label,
      ...names.map((name) => ratio(timesOurs(contenders, name, number))),
      milliseconds(contenders[OURS]?.[number]),
    ];
    return [
      row(`${workload.name}: ${workload.about}`, "ms"),
      ...(isPaced(workload) ? [row(`${workload.name}, processor's time`, "cpu")] : []),
    ];
  });
  return table([`${title}, time ÷ ours`, ...names, "ours, ms"], rows);
}

function pieces(title, all) {
  const measured = workloads.filter(({ name }) => all[name]?.parse);
  const rows = measured.map(({ name, count }) => {
    const contenders = all[name];
    const each = (piece) => ((contenders[piece]?.ms * 1e6) / count).toFixed(0);
    const [ours, theirs] = [contenders["parse and decode"], contenders["eventsource-parser"]];
    const ratios = [
      theirs?.ms / ours?.ms,
      ...DISPATCH.map((dispatch) => timesLimit(contenders, OURS, contenders[dispatch])),
    ];
    return [name, ...ratios.map(ratio), ...PIECES.map(each)];
  });
  const limits = DISPATCH.map((dispatch) => `ours ÷ (${FLOOR} + ${dispatch})`);
  const head = ["JS parser ÷ ours", ...limits, ...PIECES];
  return table([`${title}, pieces alone, ns per event`, ...head], rows);
}

function others(title, all) {
  const rows = workloads
    .filter(({ kind, name }) => kind !== "receive" && all[name])
    .flatMap(({ name, about }) =>
      Object.entries(all[name]).map(([contender, numbers]) => [
        `${name}: ${about}`,
        contender,
        Object.entries(numbers)
          .filter(([, value]) => Number.isFinite(value))
          .map(([number, value]) => `${number} ${amount(number, value)}`)
          .join(", "),
      ]),
    );
  return table([title, "contender", "figures"], rows);
}

/** A table, or undefined if there are no rows. */
function table(head, rows) {
  if (rows.length === 0) return undefined;
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column].length), 3),
  );
  const isText = (column) => column === 0 || Number.isNaN(Number.parseFloat(rows[0][column]));
  const line = (cells) =>
    `| ${cells.map((cell, i) => (isText(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = widths.map((width, i) =>
    isText(i) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

function amount(number, value) {
  const isBytes = /^(heap|wasm|each)/.test(number);
  return isBytes ? `${(value / 1000).toFixed(1)} kB` : `${value.toFixed(2)} ms`;
}

const ratio = (value) => (Number.isFinite(value) ? value.toFixed(2) : "–");
const milliseconds = (value) => value?.toFixed(0) ?? "–";

if (process.argv[1] === import.meta.filename) {
  const report = JSON.parse(readFileSync(process.argv[2] ?? "reports/bench.json"));
  process.stdout.write(benchmarks(report));
}
