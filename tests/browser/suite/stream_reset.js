// Section 9 of behaviour.md: what is kept from one response to the next when a page pipes them into one
// stream, and what reset() forgets.

import { equal, section, test } from "../harness.js";
import { bytesOf, scenario, stream, wait } from "../scenario.js";
import { read } from "../streams.js";
import { settle, watch } from "../watch.js";

section("stream source", { ours: true });
const OPEN = { preventClose: true, preventAbort: true };

/** An EventSource that reads what is piped into `writable`. */
function pipe(types) {
  const { readable, writable } = new TransformStream();
  return { ...read(readable, types), writable };
}

const responseOf = (text) => new Response(text).body;

test("lastEventId is that of the stream so far, an event's is its own", async () => {
  const body = "id: 1\ndata: a\n\ndata: b\n\nid: 2\n\nid: …\ndata: c\n\nid: 3\ndata: d\n";
  const { source, log, until } = read(responseOf(body));
  const seen = [];
  source.onmessage = ({ lastEventId }) => seen.push(`${source.lastEventId} ${lastEventId}`);
  await until("error");
  equal(seen, ["… 1", "… 1", "… …"]);
  equal([log.at(-1), source.lastEventId], ["error 2", "…"]);
  const second = read(responseOf("id: 1\n\nid: 2\n\n"));
  await second.until("error");
  equal(second.source.lastEventId, "2");
});

test("lastEventId and reconnectionTime of a request", async () => {
  const there = await scenario([
    ...[stream("retry: 1\nid: 1\ndata: a\n\n"), stream("id\ndata: b\n\nretry: 2\n")],
  ]);
  const { source, until } = watch(there.url);
  const seen = [];
  for (const type of ["message", "error"]) {
    source.addEventListener(type, () => seen.push(source.lastEventId));
  }
  await until("error 0");
  equal([source.lastEventId, source.reconnectionTime], ["1", 1]);
  await until("error 2");
  equal([seen, source.reconnectionTime], [["1", "1", "", "", ""], 2]);
});

for (const [value, expected] of [
  ["0", 0],
  ["12345", 12_345],
  ["007", 7],
  ["2147483648", 2_147_483_648],
  ["1e3", 3000],
  ["-1", 3000],
  ["", 3000],
]) {
  test(`reconnectionTime after retry: ${value}`, async () => {
    const { source, until } = read(responseOf(`retry: ${value}\n\ndata: a\n\n`));
    let then;
    source.onmessage = () => (then = source.reconnectionTime);
    await until("error");
    equal([then, source.reconnectionTime], [expected, expected]);
  });
}

test("a huge reconnectionTime is still a number", async () => {
  const { source, until } = read(responseOf(`retry: ${"9".repeat(400)}\n\n`));
  await until("error");
  equal(source.reconnectionTime >= Number.MAX_SAFE_INTEGER, true);
  equal(Number.isFinite(source.reconnectionTime), true);
});

test("one response after another, each through a reset", async () => {
  const count = 20;
  const connections = Array.from({ length: count }, (_, i) =>
    stream(`\ufeffretry: ${i + 1}\nid: ${i}\ndata: ${i}\n`, "\r\n", "data: no"),
  );
  const there = await scenario(connections);
  const { log, source, writable, until } = pipe();
  for (let i = 0; i < count; i++) {
    const headers = source.lastEventId ? { "Last-Event-ID": source.lastEventId } : {};
    const { body } = await fetch(there.url, { headers });
    await body.pipeTo(writable, OPEN);
    await until(`message:${i}#`);
    equal([source.lastEventId, source.reconnectionTime], [String(i), i + 1]);
    source.reset();
  }
  await writable.close();
  await until("error");
  const messages = Array.from({ length: count }, (_, i) => `message:${i}#${i}`);
  equal(log, ["open", ...messages, "error 2"]);
  const ids = (await there.log()).map(({ header }) => header("last-event-id"));
  equal(ids, [undefined, ...Array.from({ length: count - 1 }, (_, i) => String(i))]);
});

const raw = (...bytes) => Uint8Array.from(bytes);

for (const [name, first, second, ...messages] of [
  ["half a line", "da", "ta: x\n\ndata: y\n\n", "message:y"],
  ["half a value", "data: x", "y\n\ndata: z\n\n", "message:z"],
  ["a line that seems a field", "data", ": x\n\ndata: y\n\n", "message:y"],
  ["half an event", "data: x\n", "\ndata: y\n\n", "message:y"],
  ["half an event after CR", "data: x\r", "\ndata: y\n\n", "message:y"],
  ["CR: an LF is a line", "data: x\n\ndata: a\r", "data: y\n\n", "message:x", "message:y"],
  ["a type", "event: a\n", "data: x\n\n", "message:x"],
  ["an id", "id: 1\ndata: x\n\nid: 2\n", "data: y\n\n", "message:x#1", "message:y#1"],
  ["an id that is taken back", "id: 1\n\nid\n", "data: y\n\n", "message:y#1"],
  ["half a character", raw(58, 0xe6, 0x97), "data: x\n\n", "message:x"],
  ["half a character, the rest is none", raw(58, 0xe6, 0x97), raw(0xa5, 10), undefined],
  ["a BOM", "\ufeff", "\ufeffdata: x\n\n", "message:x"],
  ["half a BOM", raw(0xef, 0xbb), "\ufeffdata: x\n\n", "message:x"],
  ["that there was a BOM, or none", "data: x\n\n", "\ufeffdata: y\n\n", "message:x", "message:y"],
  ["nothing", "", "data: x\n\n", "message:x"],
]) {
  test(`reset() forgets ${name}`, async () => {
    const { log, source, writable, until } = pipe(["a"]);
    await responseOf(first).pipeTo(writable, OPEN);
    source.reset();
    await responseOf(second).pipeTo(writable, OPEN);
    await responseOf("\n\nevent: last\ndata: z\n\n").pipeTo(writable);
    await until("error");
    const expected = messages.filter((message) => message !== undefined);
    equal(log, ["open", ...expected, "error 2"]);
  });
}

test("without a reset nothing is forgotten", async () => {
  const { log, writable, until } = pipe();
  await responseOf("\ufeffdata: a\r").pipeTo(writable, OPEN);
  await responseOf("\ndata: b").pipeTo(writable, OPEN);
  await responseOf("c\n\n\ufeffdata: no\n\n").pipeTo(writable);
  await until("error");
  equal(log, ["open", "message:a\nbc", "error 2"]);
});

test("reset() before anything was read", async () => {
  const { log, source, writable, until } = pipe();
  source.reset();
  const piped = responseOf("data: a\n\n").pipeTo(writable);
  source.reset();
  await piped;
  await until("error");
  equal(log, ["open", "message:a", "error 2"]);
});

for (const type of ["open", "message"]) {
  test(`reset() in ${type} leaves the events that were complete`, async () => {
    const { log, source, writable, until } = pipe();
    source.addEventListener(type, () => source.reset(), { once: true });
    await responseOf("data: a\n\ndata: b\n\n").pipeTo(writable, OPEN);
    await until("message:b");
    await responseOf("data: c\n\n").pipeTo(writable);
    await until("error");
    equal(log, ["open", "message:a", "message:b", "message:c", "error 2"]);
  });
}

test("reset() in the last message forgets what came after it", async () => {
  const { log, source, writable, until } = pipe();
  source.addEventListener("message", () => source.reset(), { once: true });
  await responseOf("data: a\n\ndata: no\n").pipeTo(writable, OPEN);
  await until("message:a");
  await responseOf("data: b\n\n").pipeTo(writable);
  await until("error");
  equal(log, ["open", "message:a", "message:b", "error 2"]);
});

test("reset() after a response that the page has yet to see all of", async () => {
  // This is more than the EventSource takes at once, so it lags behind the pipe.
  const count = 60_000;
  const text = Array.from({ length: count }, (_, i) => `data: ${i} 0123456789abcdef\n\n`).join("");
  const { log, source, writable, until } = pipe();
  const writer = writable.getWriter();
  await writer.write(bytesOf(`${text}data: no`));
  writer.releaseLock();
  source.reset();
  await responseOf("\ndata: last\n\n").pipeTo(writable);
  await until("error");
  equal([log.length, log.at(-2)], [count + 3, "message:last"]);
});

test("reset() of a request forgets half an event", async () => {
  const there = await scenario([
    stream("data: a\n\ndata: no\nid: 7\nevent: x\nda", wait("go"), "ta: no\n\ndata: b\n\n"),
  ]);
  const { log, source, until } = watch(there.url);
  await until("message:a");
  await settle();
  source.reset();
  await there.open("go");
  await until("error");
  source.close();
  equal(log, ["open", "message:a", "message:b", "error 0"]);
});
