// Makes event streams with many edge cases. A stream is a list of blocks. Each block is a few lines, mostly
// with a blank one at the end. So if a stream shows a difference, whole blocks can be removed to make it
// smaller.

import { bytesOf } from "./scenario.js";

/** The event types that a test has to listen to. */
export const TYPES = ["a", "A", "a b", " a", "é", "日😀", "\ufffd", "constructor", "__proto__"];

const LINE_ENDS = ["\n", "\n", "\n", "\r\n", "\r\n", "\r"];
const COLONS = [": ", ": ", ": ", ":", ":", ":  ", ":\t", "::"];
const TEXTS = [
  ...["", "", "x", "a b", " ", "é", "日本", "😀", "a: b", "data: x", "\ufeff", "\ufeffx", "\u2028"],
  ...[
    "\u0085",
    "\u00a0",
    "\u000b",
    "\f",
    "\u0001",
    "\u001b",
    '{"a":[1,2]}',
    "x ",
    "\tx",
    "e\u0301",
  ],
];
const NO_NAMES = [
  ...["Data", "DATA", " data", "data ", "\tdata", "dat", "datas", "Event", "ID", "Id", "ids", "x"],
  ...["idx", "evente", "é", "__proto__", "\ufeffdata", "data\ufeff", "\u00a0data", "retrying"],
];
const IDS = [
  "1",
  "2",
  "",
  "0",
  "é",
  "…日本😀",
  "a b",
  "a:b",
  " a ",
  "\ufffd",
  "-",
  "x".repeat(900),
];
const PLAIN_RETRIES = ["1", "2", "0", "003", "00000000000000000001"];
const ODD_RETRIES = [
  ...["x", "1x", "-1", "+90000", "90000.5", "0x9999", "1e5", "９００００", "90000,", "Infinity"],
];
const SPACED_RETRIES = [" 90000", "90000 ", "\t90000", "90000\t", "9 0000"];
const MALFORMED = [
  ...[[0x80], [0xff], [0xc0, 0x80], [0xe6], [0xe6, 0x97], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80]],
  ...[[0xf4, 0x90, 0x80, 0x80], [0xc3], [0xe0, 0x80, 0xaf], [0xfe, 0xff], [0xef, 0xbb]],
];

/** Makes bytes from texts and lists of bytes. */
export const join = (parts) =>
  Uint8Array.from(parts.flatMap((part) => [...(part.map ? part : bytesOf(part))]));

/**
 * @param {import("./random.js").Random} random
 * @param {object} without  what an engine does in its own way, see DEPARTURES in suite/generated.js
 * @returns {Uint8Array[]} the blocks
 */
export function streamOfBlocks(random, without) {
  const blocks = Array.from({ length: 1 + random.below(12) }, () => block(random, without));
  if (random.once(3)) blocks.push(unfinished(random, without));
  return blocks;
}

/** A line without its end. */
export const unfinished = (random, without) => join(line(random, without).slice(0, -1));

function block(random, without) {
  const lines = Array.from({ length: random.below(6) }, () => line(random, without));
  if (without.idsWithoutData) lines.push(["data: d", random.pick(LINE_ENDS)]);
  if (!random.once(8)) lines.push([random.pick(LINE_ENDS)]);
  return join(lines.flat());
}

function line(random, without) {
  const field = FIELDS[random.pick(WEIGHTED)](random, without);
  return [...field, random.pick(LINE_ENDS)];
}

const WEIGHTED = "data data data data event event id id retry comment unknown none".split(" ");

const FIELDS = {
  data: (random, without) => ["data", random.pick(COLONS), ...value(random, without)],
  event(random) {
    const type = random.pick([...TYPES, "message", "open", "error", ""]);
    return type === "" && random.once(2) ? ["event"] : ["event: ", type];
  },
  id(random, without) {
    if (!without.nul && random.once(8)) return ["id: a\0b"];
    const id = random.pick(without.wideIds ? IDS.filter((one) => /^[ -~]*$/.test(one)) : IDS);
    return id === "" && random.once(2) ? ["id"] : ["id: ", id];
  },
  retry(random, without) {
    const values = [...PLAIN_RETRIES];
    if (!without.oddRetries) values.push(...ODD_RETRIES);
    if (!without.spacedRetries) values.push(...SPACED_RETRIES);
    if (!without.emptyRetries) values.push("");
    return ["retry: ", random.pick(values)];
  },
  comment: (random, without) => [":", ...value(random, without)],
  unknown: (random, without) => [
    random.pick(NO_NAMES),
    random.pick(COLONS),
    ...value(random, without),
  ],
  none: (random, without) =>
    random.pick([["data"], ["datax"], [random.pick(NO_NAMES), ...value(random, without)]]),
};

function value(random, without) {
  const parts = Array.from({ length: random.below(4) }, () =>
    random.once(6) ? random.pick(MALFORMED) : random.pick(TEXTS),
  );
  if (!without.nul && random.once(12)) parts.push("\0");
  if (random.once(40)) parts.push("0123456789é日😀".repeat(500));
  return parts;
}

/** Cuts bytes into a few chunks, mostly at places that are hard to parse. */
export function cut(bytes, random, without) {
  const places = new Set();
  for (let count = random.below(8); count > 0; count--) places.add(random.below(bytes.length + 1));
  bytes.forEach((byte, at) => {
    const isEdge = byte === 13 || byte === 10 || byte > 0xbf;
    if (isEdge && random.once(bytes.length / 3)) places.add(at + 1);
  });
  const first = without.cutBoms ? 3 : 0;
  const sorted = [...places].filter((at) => at > first && at < bytes.length).sort((a, b) => a - b);
  return [0, ...sorted].map((at, i) => bytes.slice(at, sorted[i]));
}
