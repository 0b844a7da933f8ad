// What is streamed: for each workload the events of one response, and what of them every contender has
// to have counted in the end.

const line = (index, length) => `${index} `.padEnd(length, "the quick brown fox ");
const repeat = (count, event) => Array.from({ length: count }, (_, index) => event(index)).join("");
const words = ["съешь ещё этих булок", "日本語の文字列です", "naïve façade", "🙂🚀 emoji"];

const WORKLOADS = {
  tokens: {
    about: "50,000 × 175 bytes of JSON",
    count: 50_000,
    body: (count) => repeat(count, (i) => `data: {"id":${i},"text":"${line(i, 140)}"}\n\n`),
  },
  tiny: {
    about: "100,000 × 5 bytes",
    count: 100_000,
    body: (count) => repeat(count, (i) => `data:${String(i).padStart(5, "0")}\n\n`),
  },
  named: {
    about: "50,000 with id and event name",
    count: 50_000,
    type: "price",
    body: (count) => repeat(count, (i) => `event: price\nid: ${i}\ndata: {"price":${i}}\n\n`),
  },
  large: {
    about: "2,000 × 11 KB",
    count: 2_000,
    body: (count) => repeat(count, (i) => `data: ${line(i, 11_000)}\n\n`),
  },
  multibyte: {
    about: "50,000 of Cyrillic, Japanese, accents, emoji",
    count: 50_000,
    body: (count) => repeat(count, (i) => `data: ${i} ${words[i % 4]} ${words[(i + 1) % 4]}\n\n`),
  },
};

/** @returns {{ name: string, about: string, count: number, type: string }[]} */
export const workloads = Object.entries(WORKLOADS).map(([name, { body, ...rest }]) => ({
  type: "message",
  ...rest,
  name,
}));

export function body(name) {
  const { body, count } = WORKLOADS[name];
  return body(count);
}

/** Of a body: the UTF-16 code units of all its data. */
export function units(text) {
  return [...text.matchAll(/^data: ?(.*)$/gm)].reduce((sum, [, data]) => sum + data.length, 0);
}
