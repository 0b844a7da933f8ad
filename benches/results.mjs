// What the figures say, for the tables and the chart: medians, and ratios of them.

export const OURS = "eventsource-wasm";
export const FLOOR = "fetch and read";

/** Of one engine: workload → contender → number's name → median over the rounds. */
export function medians({ workloads }) {
  return map(workloads, ({ results }) =>
    map(
      filter(results, (rounds) => rounds.length > 0),
      (rounds) =>
        map(rounds[0], (_, name) => median(rounds.map((numbers) => numbers[name] ?? Number.NaN))),
    ),
  );
}

/** How many times as much as ours; undefined where one of them is missing. */
export function timesOurs(contenders, name, number = "ms") {
  const [theirs, ours] = [contenders?.[name]?.[number], contenders?.[OURS]?.[number]];
  return theirs !== undefined && ours !== undefined ? theirs / ours : undefined;
}

/**
 * One of them, in times of what it takes to read the bytes and, measured alone, to dispatch the events;
 * NaN where one of these is missing.
 */
export function timesLimit(contenders, name, dispatch, number = "ms") {
  return contenders?.[name]?.[number] / (contenders?.[FLOOR]?.[number] + dispatch?.[number]);
}

/** "Chromium 156"; WebKitGTK does not tell its version. */
export function engineName(name, agent) {
  const [, title, version] = /(Chrom|Firefox|Node)\w*[/ ]v?(\d+)/.exec(agent) ?? [];
  if (!title) return name === "webkit" ? "WebKitGTK" : name;
  return `${title === "Chrom" ? "Chromium" : title} ${version}`;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function map(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, one]) => [key, change(one, key)]));
}

function filter(object, keep) {
  return Object.fromEntries(Object.entries(object).filter(([, one]) => keep(one)));
}
