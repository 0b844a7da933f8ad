// Section 6 of behaviour.md: when the next request comes, and what is kept for the next connection.

import { equal, section, test } from "../harness.js";
import { hold, redirect, scenario, stream } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("reconnection");

test(
  "the reconnection time is 3000 ms unless the stream says otherwise",
  async () => {
    const there = await scenario([stream("data: a\n\n"), stream(hold)]);
    watch(there.url);
    const { time } = await there.arrived(2);
    const [{ ended }] = await there.log();
    // By the server's clock, with some tolerance for the timer's.
    equal(time - ended > 2900, true, `${time - ended} ms`);
  },
  // Only in these realms, because it takes three seconds in each.
  { only: ["window", "node"] },
);

test("CONNECTING while it waits, OPEN again after", async () => {
  const there = await scenario([stream("retry: 1\ndata: a\n\n"), stream("data: b\n\n", hold)]);
  const { log, source, until } = watch(there.url);
  const states = [];
  source.onerror = () => Promise.resolve().then(() => states.push(source.readyState));
  await until("message:b");
  equal([log, states], [["open", "message:a", "error 0", "open", "message:b"], [0]]);
  equal(source.readyState, 1);
});

test("the reconnection time survives reconnections, each of one request", async () => {
  const count = 20;
  const there = await scenario([
    ...[stream("retry: 1\n\n"), ...Array.from({ length: count - 2 }, () => stream())],
    stream("data: a\n\n"),
  ]);
  const { log, until } = watch(there.url);
  await until("error 2");
  await settle();
  equal(log.filter((entry) => entry === "open").length, count);
  equal((await there.log()).length, count + 1);
});

// If one of these values were accepted, the requests would not come within the test's limit, because each
// waits for the one before. Chromium's own class takes an empty value as a way back to the default.
for (const [name, lines] of [
  ["nothing", Array(3).fill(["retry", "retry:", "retry: "]).flat()],
  ["signs and letters", ["x", "100000x", "-100000", "+100000", "0x99999", "1e9", "Infinity"]],
  ["separators", ["100000.5", "100 000", "100_000", "100,000", "100000ms", "100:000"]],
  ["space around it", ["100000 ", " 100000", "\t100000", "100000\t", "100000\0"]],
  ["digits beyond ASCII", ["９９９９９", "٩٩٩٩٩", "१०००००"]],
  ["another field", ["Retry: 100000", "retry : 100000", "retries: 100000", ":retry: 100000"]],
]) {
  test(`retry that is no number changes nothing: ${name}`, async () => {
    const bodies = lines.map((line) => `${/retr/i.test(line) ? "" : "retry: "}${line}\n\n`);
    const there = await scenario([stream("retry: 1\n"), ...bodies.map((body) => stream(body))]);
    const { until } = watch(there.url);
    await until("error 2");
    equal((await there.log()).length, lines.length + 2);
  });
}

for (const [name, body] of [
  ["without a blank line", "retry: 1\n"],
  ["without a space", "retry:1\n"],
  ["with leading zeros", "retry: 00000001\n"],
  ["of zero", "retry: 0\n"],
  ["in the middle of an event", "data: a\nretry: 1\ndata: b\n"],
  ["twice, the last one counts", "retry: 100000\nretry: 1\n"],
  ["after CR", "retry: 100000\rretry: 1\r"],
]) {
  test(`retry ${name}`, async () => {
    const there = await scenario([stream(body), stream(hold)]);
    watch(there.url);
    await there.arrived(2);
  });
}

test("retry on a line without an end is not one", async () => {
  const there = await scenario([stream("retry: 1\n"), stream("retry: 100000"), stream(hold)]);
  watch(there.url);
  await there.arrived(3);
});

for (const huge of [
  ...["2147483647", "2147483648", "4294967295", "4294967296", "4294967297"],
  ...["9007199254740993", "18446744073709551616", "9".repeat(40), "9".repeat(400)],
]) {
  const shown = huge.length > 40 ? `${huge.length} digits` : huge;
  test(`retry: ${shown} is a long wait, never none`, async () => {
    const there = await scenario([stream(`retry: ${huge}\n\n`)], { last: stream() });
    const { log, source, until } = watch(there.url);
    await until("error");
    await settle();
    equal([log, source.readyState], [["open", "error 0"], 0]);
    equal((await there.log()).length, 1);
  });
}

test("the last event ID is that of the message, connection after connection", async () => {
  const { url } = await scenario([
    stream("retry: 1\nid: 1\ndata: a\n\n"),
    stream("data: b\n\nid: 2\n\n"),
    stream("data: c\n\nid\ndata: d\n\n"),
    stream("data: e\n\n"),
  ]);
  const { log, until } = watch(url);
  await until("error 2");
  equal(
    log.filter((entry) => entry.startsWith("message")),
    ["message:a#1", "message:b#1", "message:c#2", "message:d", "message:e"],
  );
});

for (const [name, first, second, ...messages] of [
  ["half a line", "da", "ta: x\n\ndata: y\n\n", "message:y"],
  ["half a value", "data: x", "y\n\ndata: z\n\n", "message:z"],
  ["data", "data: x\n", "\ndata: y\n\n", "message:y"],
  ["data after CR", "data: x\r", "\ndata: y\n\n", "message:y"],
  ["a type", "event: a\n", "data: x\n\n", "message:x"],
  ["an id", "id: 1\ndata: x\n\nid: 2\n", "data: y\n\n", "message:x#1", "message:y#1"],
  ["half a character", Uint8Array.of(58, 0xe6, 0x97), "data: x\n\n", "message:x"],
  ["a BOM", "\ufeff", "\ufeffdata: x\n\n", "message:x"],
  ["half a BOM", Uint8Array.of(0xef, 0xbb), "\ufeffdata: x\n\n", "message:x"],
]) {
  test(`a new connection starts afresh: ${name}`, async () => {
    const { url } = await scenario([stream("retry: 1\n\n"), stream(first), stream(second)]);
    const { log, until } = watch(url, { types: ["a"] });
    await until("error 2");
    equal(
      log.filter((entry) => !/^(open|error)/.test(entry)),
      messages,
    );
  });
}

test("events of many connections come once and in order", async () => {
  const count = 20;
  const connections = Array.from({ length: count }, (_, i) =>
    stream(`retry: 1\nid: ${i}\ndata: ${i}\n\nid: ${i + 1}\ndata: ${i + 1}\n`),
  );
  const there = await scenario(connections);
  const { log, until } = watch(there.url);
  await until("error 2");
  equal(
    log.filter((entry) => entry.startsWith("message")),
    connections.map((_, i) => `message:${i}#${i}`),
  );
  const ids = (await there.log()).map(({ header }) => header("last-event-id"));
  equal(ids, [undefined, ...connections.map((_, i) => String(i))]);
});

// In the standard, all requests are one object, whose current URL is that of the last redirect. Chromium's
// own class does the same. Firefox keeps only the last 301, and WebKit keeps nothing.
test("after a redirect the next request starts where it led", async () => {
  const there = await scenario([redirect(301, "a"), redirect(302, "b"), stream("retry: 1\n\n")]);
  const { source, until } = watch(there.url);
  await until("error 2");
  const names = (await there.log()).map(({ url }) => url.split("/").at(-1));
  equal(names, ["events", "a", "b", "b"]);
  equal(source.url, there.url);
});
