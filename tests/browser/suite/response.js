// Section 4 of behaviour.md: which responses announce, reestablish or fail the connection.

import { equal, section, test } from "../harness.js";
import { hold, redirect, reset, respond, scenario, stream, wait } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("response");

const EVENT_STREAM = { "Content-Type": "text/event-stream" };
const typed = (...types) =>
  respond(
    200,
    types.map((type) => ["Content-Type", type]),
    "data: é\n\n",
  );

for (const types of [
  ["text/event-stream"],
  ["TEXT/Event-Stream"],
  ["text/event-stream;charset=utf-8"],
  ["text/event-stream; charset=UTF-8"],
  ["text/event-stream; charset=iso-8859-1"],
  ["text/event-stream;charset=utf-16"],
  ["text/event-stream;"],
  ["text/event-stream ; a=b; c"],
  ["text/event-stream;a"],
  ["\ttext/event-stream "],
  ['text/event-stream;a="b,c"'],
  ['text/event-stream;a=",text/html;"'],
  ["text/html", "text/event-stream"],
  ["text/html, text/event-stream"],
  ["text/event-stream", "*/*"],
  ["text/event-stream", "bogus"],
  ["text/event-stream", ""],
  [",text/event-stream,"],
]) {
  test(`announced: ${JSON.stringify(types)}`, async () => {
    const { url } = await scenario([typed(...types)]);
    const { log, source, until } = watch(url);
    await until("error");
    source.close();
    equal(log, ["open", "message:é", "error 0"]);
  });
}

/**
 * Before the responses, there is a stream that sets a short reconnection time. So a wrong request after them
 * would come during the test.
 */
async function failsFor(...responses) {
  const watched = await Promise.all(
    responses.map(async ([name, response]) => {
      const there = await scenario([stream("retry: 1\n\n"), response], { last: stream() });
      const { log, source, until } = watch(there.url);
      await until("error", 2);
      return { name, there, log, source };
    }),
  );
  await settle();
  for (const { name, there, log, source } of watched) {
    equal(log, ["open", "error 0", "error 2"], name);
    equal([source.readyState, (await there.log()).length], [2, 2], name);
  }
}

for (const types of [
  ["text/html"],
  ["text/plain; x=text/event-stream"],
  ["text/event-stream", "text/html"],
  ["text/event-stream, text/html"],
  ["text/event-streams"],
  ["text/event-strea"],
  ["text/x-event-stream"],
  ["application/event-stream"],
  ["text/event-stream/x"],
  ["text/event stream"],
  ["text /event-stream"],
  ["text/event-stream\u00a0"],
  ["event-stream"],
  ["text/"],
  [""],
  [],
]) {
  test(`failed: ${JSON.stringify(types)}`, () => failsFor([types, typed(...types)]));
}

for (const statuses of [
  [201, 202, 203],
  [204, 205, 206],
  [300, 304, 306],
  [400, 403, 404],
  [410, 418, 429],
  [500, 502, 503],
]) {
  test(`failed: ${statuses}`, () =>
    failsFor(...statuses.map((status) => [status, respond(status, EVENT_STREAM, "data: a\n\n")])));
}

test("failed: a 302 without a Location", () => failsFor([302, respond(302, EVENT_STREAM)]));

test("a 204 to the first request", async () => {
  const there = await scenario([], { last: respond(204, {}) });
  const { log, source, until } = watch(there.url);
  await until("error");
  await settle();
  equal([log, source.readyState, (await there.log()).length], [["error 2"], 2, 1]);
});

// Firefox reports a response only when the first byte of its body has come, even to its own EventSource.
for (const [name, first, where] of [
  ["header", [], { browsers: ["chromium", "webkit", "node"] }],
  ["first comment", [":\n"], {}],
]) {
  test(
    `CONNECTING until the response, OPEN with its ${name}`,
    async () => {
      const there = await scenario([[wait("go"), ...stream(...first, hold)]]);
      const { log, source, until } = watch(there.url);
      await there.arrived();
      equal(source.readyState, 0);
      await there.open("go");
      await until("open");
      equal([log, source.readyState], [["open"], 1]);
    },
    where,
  );
}

for (const status of [301, 302, 303, 307, 308]) {
  test(`redirected: ${status}`, async () => {
    const there = await scenario([redirect(status, "elsewhere?a"), stream("data: a\n\n")]);
    const { log, source, until } = watch(there.url);
    await until("error");
    source.close();
    equal(log, ["open", "message:a", "error 0"]);
    equal(source.url, there.url);
    const requests = await there.log();
    equal(
      requests.map(({ method, url }) => [method, url]),
      [
        ["GET", there.path],
        ["GET", there.path.replace("events", "elsewhere?a")],
      ],
    );
  });
}

test("redirected to what is no event stream", async () => {
  const there = await scenario([redirect(302, "a"), respond(200, { "Content-Type": "text/html" })]);
  const { log, until } = watch(there.url);
  await until("error");
  equal(log, ["error 2"]);
});

test("redirected to a URL that cannot be fetched", async () => {
  const there = await scenario([redirect(302, "mailto:a@example.com")]);
  const { log, source, until } = watch(there.url);
  await until("error");
  source.close();
  equal([log.length, log[0].startsWith("error")], [1, true]);
});

for (const [name, headers] of [
  ["a length of 0", { ...EVENT_STREAM, "Content-Length": "0" }],
  ["chunks, none", EVENT_STREAM],
]) {
  test(`an empty body is an empty stream: ${name}`, async () => {
    const { url } = await scenario([respond(200, headers)]);
    const { log, source, until } = watch(url);
    await until("error");
    source.close();
    equal(log, ["open", "error 0"]);
  });
}

for (const url of [
  "mailto:a@example.com",
  "ftp://127.0.0.1/",
  "tel:1",
  "javascript:1",
  "unknown:x",
]) {
  test(`fails permanently: ${url}`, async () => {
    const { log, source, until } = watch(url);
    equal(source.readyState, 0);
    await until("error");
    await settle();
    equal([log, source.readyState, source.url], [["error 2"], 2, url]);
  });
}

for (const [name, broken] of [
  ["a reset instead of a response", [reset]],
  ["a reset after the first byte", stream(":", wait("reset"), reset)],
  ["a reset in a line", stream("data: lo", wait("reset"), reset)],
  [
    "a body shorter than its length",
    respond(200, { ...EVENT_STREAM, "Content-Length": "99" }, ":"),
  ],
  ["the end of the body", stream()],
]) {
  test(`reestablished after ${name}`, async () => {
    const there = await scenario([stream("retry: 1\n\n"), broken, stream("data: a\n\n", hold)]);
    const { log, until } = watch(there.url);
    await there.arrived(2);
    await there.open("reset");
    await until("message:a");
    const opened = broken[0] === reset ? [] : ["open"];
    equal(log, ["open", "error 0", ...opened, "error 0", "open", "message:a"]);
    equal((await there.log()).length, 3);
  });
}

test("a reset instead of the first response", async () => {
  const there = await scenario([[reset]]);
  const { log, source, until } = watch(there.url);
  await until("error");
  source.close();
  equal(log, ["error 0"]);
});

test("nobody listens at the port", async () => {
  // Browsers refuse to connect to port 1, which is a network error like any other.
  const { log, source, until } = watch("http://127.0.0.1:1/");
  await until("error");
  source.close();
  equal(log.length, 1);
});
