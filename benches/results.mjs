// Medians of the figures, and ratios of those, for the tables and the chart.

export const OURS = "eventsource-wasm";
export const FLOOR = "fetch and read";

/** For one engine: workload → contender → name of the number → median of the rounds. */
export function medians({ workloads }) {
  return map(workloads, ({ results }) =>
    map(
      filter(results, (rounds) => rounds.length > 0),
      (rounds) =>
        map(rounds[0], (_, name) => median(rounds.map((numbers) => numbers[name] ?? Number.NaN))),
    ),
  );
}

/** The contender's number divided by ours. Undefined if either is missing. */
export function timesOurs(contenders, name, number = "ms") {
  const [theirs, ours] = [contenders?.[name]?.[number], contenders?.[OURS]?.[number]];
  return theirs !== undefined && ours !== undefined ? theirs / ours : undefined;
}

/**
 * The contender's number, divided by the sum of two that are measured alone: reading the bytes, and
 * dispatching the events. NaN if any of the three is missing.
 */
export function timesLimit(contenders, name, dispatch, number = "ms") {
  return contenders?.[name]?.[number] / (contenders?.[FLOOR]?.[number] + dispatch?.[number]);
}

/** The engine's name and version, like "Chromium 156". WebKitGTK does not tell its version. */
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
