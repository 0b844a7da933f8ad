// The targets for speed and memory, and whether they are reached.

import { FLOOR, OURS, timesLimit, timesOurs } from "./results.mjs";
import { workloads } from "./workloads.js";

const RECEIVED = workloads
  .filter(({ kind, isLong }) => kind === "receive" && !isLong)
  .map(({ name }) => name);
const PARSED = ["tokens", "tiny", "named", "large", "multibyte", "lines", "crlf", "comments"];
const PACED = ["each", "bytes"];
const NOTHING = { ms: 0, cpu: 0 };
const everywhere = (times) => Object.fromEntries(RECEIVED.map((name) => [name, times]));

/** How many times as fast as each contender we want to be, by engine and workload. */
const TIMES = {
  chromium: {
    native: { tokens: 12, tiny: 12, named: 12, multibyte: 12, large: 5 },
    "eventsource 5": { tokens: 3, tiny: 3, named: 3, multibyte: 3, large: 1.2 },
    "fetch-event-source": everywhere(1),
    "event-source-polyfill": { ...everywhere(1), tiny: undefined },
  },
  firefox: {
    native: { tokens: 2, tiny: 1.2, multibyte: 1.5, named: 1.5, large: 4 },
    "eventsource 5": everywhere(1.2),
  },
  webkit: { native: everywhere(1) },
  node: { "eventsource 5": everywhere(1.5), undici: everywhere(1.5) },
  "newest-node": { "eventsource 5": everywhere(1.5), undici: everywhere(1.5) },
};
const GROWTH = { tokens: "tokens10", large: "large10", bytes: "bytes10", "10MB": "100MB" };

/**
 * Rows of two cells: the target, and each figure with whether it is good enough. A figure that is not is
 * followed by the one that a contender without any parsing would reach in the same run, if that is higher.
 *
 * @param {ReturnType<typeof import("./results.mjs").medians>} all
 */
export function targets(name, all) {
  const own = name.endsWith("node") ? "undici" : "native";
  const rows = [];
  const add = (title, figures) => {
    const known = figures.filter(([, value]) => Number.isFinite(value));
    if (known.length === 0) return;
    const each = known.map(([what, value, isEnough, most]) => {
      if (isEnough(value)) return `${what} ${value.toFixed(2)} ✓`;
      return `${what} ${value.toFixed(2)} ✗${most > value ? ` (of ${most.toFixed(2)})` : ""}`;
    });
    rows.push([title, each.join(", ")]);
  };
  const limit = (one, contender, number) => {
    // `streams` has the events of `tokens`. If the server sets the pace, dispatching need not add any time.
    const { "dispatch in turns": dispatch } = all[one === "streams" ? "tokens" : one] ?? {};
    return timesLimit(all[one], contender, PACED.includes(one) ? NOTHING : dispatch, number);
  };
  const atLeast = (least) => (value) => value >= least;
  const atMost = (most) => (value) => value <= most;

  for (const [contender, wanted] of Object.entries(TIMES[name])) {
    const figures = Object.entries(wanted)
      .filter(([, least]) => least)
      .map(([one, least]) => {
        return [one, timesOurs(all[one], contender), atLeast(least), limit(one, contender)];
      });
    const least = [...new Set(Object.values(wanted).filter(Boolean))].join(" or ");
    add(`at least ${least} times as fast as ${contender}`, figures);
  }
  for (const one of PACED) {
    const figures = ["ms", "cpu"].map((number) => {
      const others = Object.keys(all[one] ?? {}).filter((name) => ![OURS, FLOOR].includes(name));
      const least = (times) => Math.min(...others.map(times));
      return [
        number,
        least((name) => timesOurs(all[one], name, number)),
        atLeast(1),
        least((name) => limit(one, name, number)),
      ];
    });
    add(`${one}: the fastest of the others takes at least as long as ours`, figures);
  }
  const more = (one, number) => all[one]?.[OURS]?.[number] - all[one]?.[own]?.[number];
  add(`latency: at most 0.2 ms more than ${own}`, [["p50", more("latency", "p50"), atMost(0.2)]]);
  add(`cold start: at most 20 ms more than ${own}`, [["ms", more("start", "ms"), atMost(20)]]);
  add(
    "parse and decode: the JavaScript parser takes at least as long as ours",
    PARSED.map((one) => {
      const { "parse and decode": ours, "eventsource-parser": theirs } = all[one] ?? {};
      return [one, theirs?.ms / ours?.ms, atLeast(1)];
    }),
  );
  for (const [title, dispatch] of [
    ["in one loop", "dispatch"],
    ["each in a turn of its own", "dispatch in turns"],
  ]) {
    add(
      `at most 1.3 times as long as reading the bytes and dispatching the events, ${title}`,
      PARSED.map((one) => [one, timesLimit(all[one], OURS, all[one]?.[dispatch]), atMost(1.3)]),
    );
  }
  add(
    "growth: ten times as much takes at most 11 times as long",
    Object.entries(GROWTH).map(([one, ten]) => {
      return [ten, all[ten]?.[OURS]?.ms / all[one]?.[OURS]?.ms, atMost(11)];
    }),
  );
  const MB = 1e6;
  add("heap left after 1 GB: at most 5 MB", [["MB", all.memory?.[OURS]?.heap / MB, atMost(5)]]);
  const { [OURS]: ours, [FLOOR]: floor } = all.instances ?? {};
  add("an idle object: at most 20 kB", [["kB", (ours?.each - floor?.each) / 1000, atMost(20)]]);
  return rows;
}
