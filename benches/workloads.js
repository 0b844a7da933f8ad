// The workloads: what their streams contain, and how they are measured. Each event is the data that a
// listener has to see, with the text of the stream that carries it.

const filler = "the quick brown fox ";
const text = (index, length) => `${index} `.padEnd(length, filler);
const words = ["съешь ещё этих булок", "日本語の文字列です", "naïve façade", "🙂🚀 emoji"];

const token = (index) => `{"id":${index},"text":"${text(index, 140)}"}`;
const message = (data) => [data, `data: ${data}\n\n`];

/** @type {Record<string, (index: number) => [data: string, text: string]>} */
const EVENTS = {
  token: (i) => message(token(i)),
  tiny: (i) => [String(i).padStart(5, "0"), `data:${String(i).padStart(5, "0")}\n\n`],
  named: (i) => [`{"price":${i}}`, `event: price\nid: ${i}\ndata: {"price":${i}}\n\n`],
  large: (i) => message(text(i, 11_000)),
  larger: (i) => message(text(i, 110_000)),
  multibyte: (i) => message(`${i} ${words[i % 4]} ${words[(i + 1) % 4]}`),
  lines: (i) => {
    const lines = Array.from({ length: 20 }, (_, line) => text(i + line, 40));
    return [lines.join("\n"), `${lines.map((line) => `data: ${line}\n`).join("")}\n`];
  },
  crlf: (i) => [token(i), `id: ${i}\r\ndata: ${token(i)}\r\n\r\n`],
  comment: (i) => [token(i), `: ${text(i, 60)}\n\n:\n\ndata: ${token(i)}\n\n`],
  short: (i) => message(`${i} in bytes`),
  megabytes10: (i) => message(text(i, 10_000_000)),
  megabytes100: (i) => message(text(i, 100_000_000)),
};

/**
 * `cut` says how much is written at once; by default, the whole stream. `kind` says what is measured; by default, the
 * time to receive the stream. Workloads with `isLong` are measured only if they are named, or with --all.
 */
const WORKLOADS = {
  tokens: { about: "50,000 × 175 bytes of JSON", event: "token", count: 50_000 },
  each: {
    about: "10,000 × 175 bytes of JSON, each written alone",
    event: "token",
    count: 10_000,
    cut: "event",
  },
  tiny: { about: "100,000 × 5 bytes", event: "tiny", count: 100_000 },
  named: {
    about: "50,000 with id and event name",
    event: "named",
    count: 50_000,
    type: "price",
  },
  large: { about: "2,000 × 11 KB", event: "large", count: 2_000 },
  multibyte: {
    about: "50,000 of Cyrillic, Japanese, accents, emoji",
    event: "multibyte",
    count: 50_000,
  },
  lines: { about: "10,000 of 20 lines each", event: "lines", count: 10_000 },
  crlf: { about: "50,000 × 175 bytes, with ids and CRLF", event: "crlf", count: 50_000 },
  comments: {
    about: "50,000 × 175 bytes, with a comment and a heartbeat each",
    event: "comment",
    count: 50_000,
  },
  bytes: {
    about: "500 × 20 bytes, each byte written alone",
    event: "short",
    count: 500,
    cut: "byte",
  },
  streams: {
    about: "100 streams at once, of 500 × 175 bytes each",
    event: "token",
    count: 500,
    streams: 100,
  },
  latency: {
    about: "1,000 events a second, from the server's write to the listener",
    kind: "latency",
    count: 2_000,
    rounds: 3,
  },
  instances: { about: "1,000 idle objects", kind: "instances", count: 1_000, rounds: 3 },
  start: {
    about: "in a fresh process, from the first construction to open",
    kind: "start",
    // An engine that has just been started is busy with itself.
    settled: 1_000,
  },
  tokens10: {
    about: "500,000 × 175 bytes of JSON",
    event: "token",
    count: 500_000,
    rounds: 3,
    isLong: true,
  },
  large10: {
    about: "2,000 × 110 KB",
    event: "larger",
    count: 2_000,
    rounds: 3,
    isLong: true,
  },
  bytes10: {
    about: "5,000 × 20 bytes, each byte written alone",
    event: "short",
    count: 5_000,
    cut: "byte",
    rounds: 3,
    isLong: true,
  },
  "10MB": { about: "one event", event: "megabytes10", count: 1, rounds: 3, isLong: true },
  "100MB": { about: "one event", event: "megabytes100", count: 1, rounds: 3, isLong: true },
  memory: {
    about: "what is left after 1 GB of 175 bytes each",
    kind: "memory",
    event: "token",
    count: 50_000,
    times: 112,
    rounds: 1,
    isLong: true,
  },
};

export const workloads = Object.entries(WORKLOADS).map(([name, rest]) => ({
  kind: "receive",
  type: "message",
  cut: "whole",
  streams: 1,
  times: 1,
  isLong: false,
  ...rest,
  name,
}));

/** Adds one event's data to a checksum, which depends on the order of the events. */
export function addToChecksum(sum, data) {
  return (Math.imul(sum, 31) + data.length + data.charCodeAt(data.length >> 1)) | 0;
}

/** The pieces of a stream, to be written one after the other, and the checksum of its data. */
export function make({ event, count, cut, times }) {
  let checksum = 0;
  const list = [];
  const data = [];
  for (let index = 0; index < count; index++) {
    const [one, text] = EVENTS[event](index);
    data.push(one);
    list.push(Buffer.from(text));
  }
  for (let time = 0; time < times; time++) checksum = data.reduce(addToChecksum, checksum);
  const whole = Buffer.concat(list);
  const pieces = {
    whole: () => [whole],
    event: () => list,
    byte: () => Array.from(whole, (_, index) => whole.subarray(index, index + 1)),
  };
  return { pieces: pieces[cut](), checksum };
}
