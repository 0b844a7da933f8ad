// Section 2 of behaviour.md, the last point: each error event says why, and is otherwise a plain Event.

import { defer, equal, section, test } from "../harness.js";
import { closedPort, hold, reset, respond, scenario, stream, wait } from "../scenario.js";
import { read, streamOf } from "../streams.js";
import { connect, settle, watch } from "../watch.js";

section("reasons", { ours: true });

const DETAILS = ["reason", "code", "attempt", "delay"];

/** What each error event says, in the order of DETAILS. Undefined if it does not have one of them. */
function reasonsOf(source) {
  const reasons = [];
  source.addEventListener("error", (event) => {
    reasons.push(DETAILS.map((name) => event[name]));
  });
  return reasons;
}

test("each loss in a row, and the failure after it", async () => {
  const connections = [stream("retry: 1\n\n"), [reset], [reset]];
  const { url } = await scenario([...connections, respond(503, { "Content-Type": "text/plain" })]);
  const { source, until } = watch(url);
  const reasons = reasonsOf(source);
  await until("error 2");
  equal(reasons, [
    ["end", undefined, 1, 1],
    ["network", undefined, 2, 1],
    ["network", undefined, 3, 1],
    ["status", 503, 4, undefined],
  ]);
});

for (const [name, script, ...expected] of [
  ["204", respond(204, {}), "status", 204],
  ["404", respond(404, { "Content-Type": "text/event-stream" }, "no"), "status", 404],
  ["a wrong type", respond(200, { "Content-Type": "text/html" }, "no"), "type", 200],
  ["no type", respond(200, {}, "no"), "type", 200],
]) {
  test(`a permanent failure: ${name}`, async () => {
    const { url } = await scenario([script]);
    const { source, until } = watch(url);
    const reasons = reasonsOf(source);
    await until("error 2");
    equal(reasons, [[...expected, 1, undefined]]);
  });
}

test("a scheme that cannot be fetched, with what fetch threw", async () => {
  const { source, until } = watch("mailto:a@example.com");
  let event;
  source.onerror = (error) => (event = error);
  await until("error 2");
  equal([event.reason, event.attempt, "delay" in event], ["policy", 1, false]);
  equal(event.error instanceof TypeError, true);
});

test(
  "a port at which no server listens, with what fetch threw",
  async () => {
    const { port } = await closedPort();
    const source = connect(`http://127.0.0.1:${port}/`);
    const event = await new Promise((resolve) => (source.onerror = resolve));
    source.close();
    equal([event.reason, event.attempt, event.delay], ["network", 1, 3000]);
    equal(event.error instanceof TypeError, true);
  },
  { only: ["window", "dedicated", "node", "js"] },
);

test("a fetch that throws what is no error", async () => {
  const { fetch } = globalThis;
  defer(() => (globalThis.fetch = fetch));
  globalThis.fetch = () => {
    throw 7;
  };
  const source = connect("http://127.0.0.1:1/");
  const event = await new Promise((resolve) => (source.onerror = resolve));
  source.close();
  equal([event.reason, event.error], ["network", 7]);
});

test("a response whose body somebody else reads is not refused, and not told", async () => {
  const { url } = await scenario([stream("data: a\n\n", hold)]);
  const { fetch } = globalThis;
  defer(() => (globalThis.fetch = fetch));
  globalThis.fetch = async (...args) => {
    const response = await fetch.call(globalThis, ...args);
    response.body.getReader();
    return response;
  };
  const source = connect(url);
  const event = await new Promise((resolve) => (source.onerror = resolve));
  source.close();
  equal([event.reason, event.code, "response" in event], ["network", undefined, false]);
});

test("the end of a stream, and its error", async () => {
  const ended = read(streamOf(["data: a\n\n"]));
  const reasons = reasonsOf(ended.source);
  await ended.until("error 2");
  equal(reasons, [["end", undefined, 1, undefined]]);

  const broken = read(new ReadableStream({ start: (controller) => controller.error("why") }));
  let event;
  broken.source.onerror = (error) => (event = error);
  await broken.until("error 2");
  equal([event.reason, event.error, event.attempt], ["network", "why", 1]);
});

test("an error event is an Event like any other", async () => {
  const { url } = await scenario([]);
  const { source, until } = watch(url);
  let event;
  source.onerror = (error) => (event = error);
  await until("error 2");
  equal(Object.getPrototypeOf(event) === Event.prototype, true);
  equal([event.bubbles, event.cancelable, event.type], [false, false, "error"]);
  const isTrusted = Object.keys(new Event("error"));
  equal(Object.keys(event), isTrusted);
  const { enumerable, configurable } = Object.getOwnPropertyDescriptor(event, "reason");
  equal([enumerable, configurable, typeof event.message], [false, true, "string"]);
});

test("the page's own error events say nothing", async () => {
  const { url } = await scenario([stream(hold)]);
  const source = connect(url);
  const reasons = reasonsOf(source);
  source.dispatchEvent(new Event("error"));
  equal(reasons, [[undefined, undefined, undefined, undefined]]);
});

test("a refused response can be read, also after close()", async () => {
  const headers = { "Content-Type": "application/json", "X-Why": "token" };
  // Not 401, whose response WebKit holds back until all of it is there.
  const there = await scenario([respond(403, headers, '{"why":', wait("read"), '"token"}')]);
  const { source, until } = watch(there.url);
  let answer;
  source.onerror = ({ response, code }) => {
    source.close();
    answer = [code, response.headers.get("x-why"), response.json()];
  };
  await until("error 2");
  await settle();
  await there.open("read");
  equal([answer[0], answer[1], await answer[2]], [403, "token", { why: "token" }]);
});

test("a refused response that nobody takes is cancelled", async () => {
  const there = await scenario([respond(500, {}, "a", hold)]);
  const { until } = watch(there.url);
  await until("error 2");
  await there.closed();
});

test("a refused response is cancelled if the page calls close() before it is told", async () => {
  const there = await scenario([respond(500, {}, "a", hold)]);
  const { fetch } = globalThis;
  defer(() => (globalThis.fetch = fetch));
  let answered;
  const response = new Promise((resolve) => (answered = resolve));
  globalThis.fetch = (...args) => {
    const promise = fetch.call(globalThis, ...args);
    answered(promise);
    return promise;
  };
  const { log, source } = watch(there.url);
  await response;
  // The core refuses the response within these promise jobs. The page is told in a later task.
  for (let hop = 0; hop < 50; hop++) await null;
  source.close();
  globalThis.fetch = fetch;
  await there.closed();
  equal(log, []);
});
