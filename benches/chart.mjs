// The README's chart: for each engine and workload, how long each contender takes, relative to ours. The
// text's colour follows the reader's theme.

import { engineName, medians, OURS, timesOurs } from "./results.mjs";

const WORKLOADS = ["tokens", "tiny", "named", "large", "multibyte"];
const COLOURS = {
  [OURS]: "#e8590c",
  native: "#3b82c4",
  undici: "#3b82c4",
  "eventsource 5": "#2f9e44",
  "event-source-polyfill": "#9775c8",
  "fetch-event-source": "#8a939b",
};
const BAR = 9;
const GAP = 2;
const LABEL = 80;
const CELL = 165;
/** How much of a cell the longest bar takes. The rest is for its ratio. */
const LONGEST = 115;
const HEAD = 62;
const STYLE = `text{font:12px system-ui,sans-serif;fill:#24292f}.small{font-size:9px}
@media(prefers-color-scheme:dark){text{fill:#d0d7de}}`;

/** @returns {string} SVG */
export function chart({ engines }) {
  const columns = Object.entries(engines).map(([name, result]) => ({
    title: engineName(name, result.agent),
    all: medians(result),
  }));
  const names = Object.keys(COLOURS).filter((name) =>
    columns.some(({ all }) => WORKLOADS.some((one) => all[one]?.[name])),
  );
  const most = Math.max(
    ...columns.flatMap(({ all }) => WORKLOADS.map((one) => bars(all[one], names).length)),
  );
  const row = most * (BAR + GAP) + 14;
  const width = LABEL + columns.length * CELL;
  const height = HEAD + WORKLOADS.length * row;
  const parts = [
    ...legend(names),
    ...columns.map(({ title }, i) => text(LABEL + i * CELL, HEAD - 14, title)),
    ...WORKLOADS.flatMap((workload, j) => [
      text(0, HEAD + j * row + BAR, workload),
      ...columns.flatMap(({ all }, i) =>
        cell(LABEL + i * CELL, HEAD + j * row, bars(all[workload], names)),
      ),
    ]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>How long each takes, relative to eventsource-wasm</title>
<style>${STYLE}</style>
${parts.join("\n")}
</svg>
`;
}

function bars(contenders, names) {
  return names
    .map((name) => ({ name, times: timesOurs(contenders, name) }))
    .filter(({ times }) => times !== undefined);
}

function cell(x, y, bars) {
  const longest = Math.max(...bars.map(({ times }) => times));
  return bars.flatMap(({ name, times }, index) => {
    const top = y + index * (BAR + GAP);
    const width = ((times / longest) * LONGEST).toFixed(1);
    return [
      `<rect x="${x}" y="${top}" width="${width}" height="${BAR}" rx="1" fill="${COLOURS[name]}"/>`,
      text(x + Number(width) + 4, top + BAR - 1, `${times.toFixed(2)} ×`, "small"),
    ];
  });
}

function legend(names) {
  let x = 0;
  return names
    .filter((name) => name !== "undici")
    .flatMap((name) => {
      const label = name === "native" ? "native; undici in Node" : name;
      const parts = [
        `<rect x="${x}" y="6" width="10" height="10" rx="2" fill="${COLOURS[name]}"/>`,
        text(x + 15, 15, label),
      ];
      x += 34 + label.length * 6.4;
      return parts;
    });
}

function text(x, y, content, style = "") {
  return `<text x="${x}" y="${y}"${style && ` class="${style}"`}>${content}</text>`;
}
