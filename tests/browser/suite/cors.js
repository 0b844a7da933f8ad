// Sections 3 and 4 of behaviour.md, about other origins: what CORS forbids fails permanently, and says why. A
// server that is down only for a moment does not fail the connection. There are no more preflights and probes
// than needed.

import { listenToConsole } from "../console.js";
import { config, equal, section, test } from "../harness.js";
import { hold, redirect, reset, respond, scenario, stream, wait } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("cors");

const BROWSERS = { except: ["node"] };
const OURS = { ...BROWSERS, ours: true };

const EVENT_STREAM = { "Content-Type": "text/event-stream" };
const ID_AND_END = stream("retry: 1\nid: 1\ndata: a\n\n");

const methods = async (there) => (await there.log()).map(({ method }) => method).join(" ");

for (const [name, headers, init] of [
  ["no header", {}],
  ["another origin", { "Access-Control-Allow-Origin": "http://example.com" }],
  ["null", { "Access-Control-Allow-Origin": "null" }],
  ["two values", { "Access-Control-Allow-Origin": "*, *" }],
  ["* for credentials", { "Access-Control-Allow-Origin": "*" }, { withCredentials: true }],
]) {
  test(
    `a response that CORS forbids fails permanently: ${name}`,
    async () => {
      const forbidden = respond(200, { ...EVENT_STREAM, ...headers }, "data: secret\n\n", hold);
      const there = await scenario([], { last: forbidden });
      const { log, source, until } = watch(there.otherUrl, init);
      await until("error");
      await settle();
      equal([log, source.readyState], [["error 2"], 2]);
      equal(await methods(there), config.native ? "GET" : "GET HEAD");
    },
    BROWSERS,
  );
}

test(
  "one line on the console says why",
  async () => {
    const there = await scenario([], { last: stream("data: secret\n\n") });
    const lines = listenToConsole();
    const { until } = watch(there.otherUrl);
    await until("error");
    await settle();
    equal(lines.length, 1, lines.join("\n"));
    for (const word of [there.otherUrl, "CORS", "Access-Control-Allow-Origin"]) {
      equal([word, lines[0].includes(word)], [word, true]);
    }
  },
  OURS,
);

test(
  "a redirect to another origin that forbids it",
  async () => {
    const elsewhere = await scenario([], { last: stream("data: secret\n\n") });
    const here = await scenario([], { last: redirect(302, elsewhere.otherUrl) });
    const { log, source, until } = watch(here.url);
    await until("error");
    source.close();
    // A script cannot see where a redirect led: see the README's differences.
    equal(log, [config.native ? "error 2" : "error 0"]);
    equal(await methods(here), "GET");
  },
  BROWSERS,
);

test(
  "a redirect from another origin, without CORS headers",
  async () => {
    const elsewhere = await scenario([], { last: stream("data: secret\n\n"), cors: {} });
    const there = await scenario([], { last: redirect(302, elsewhere.otherUrl) });
    const { log, source, until } = watch(there.otherUrl);
    await until("error");
    await settle();
    equal([log, source.readyState, await methods(elsewhere)], [["error 2"], 2, ""]);
  },
  BROWSERS,
);

test(
  "a redirect to another origin that allows it",
  async () => {
    const elsewhere = await scenario([stream("data: a\n\n", hold)], { cors: {} });
    const here = await scenario([redirect(302, elsewhere.otherUrl)]);
    const { source, until } = watch(here.url);
    let origin;
    source.onmessage = (event) => (origin = event.origin);
    await until("message:a");
    equal([origin, source.url], [config.other, here.url]);
    equal((await elsewhere.arrived()).header("origin"), config.origin);
    equal([await methods(here), await methods(elsewhere)], ["GET", "GET"]);
  },
  BROWSERS,
);

test(
  "a preflight that is answered: the stream resumes",
  async () => {
    const cors = { allow: "Last-Event-ID" };
    const there = await scenario([ID_AND_END, stream("data: b\n\n", hold)], { cors });
    const { log, until } = watch(there.otherUrl);
    await until("message:b");
    equal(log, ["open", "message:a#1", "error 0", "open", "message:b#1"]);
    equal(await methods(there), "GET OPTIONS GET");
    equal((await there.arrived(2)).header("last-event-id"), "1");
    const { header } = await there.arrived("preflight 1");
    equal(header("access-control-request-headers")?.toLowerCase(), "last-event-id");
    equal(header("cookie"), undefined);
  },
  OURS,
);

test(
  "without an id there is no preflight, however often it reconnects",
  async () => {
    const there = await scenario([stream("retry: 1\n\n"), stream(), stream("data: a\n\n", hold)], {
      cors: {},
    });
    const { until } = watch(there.otherUrl);
    await until("message:a");
    equal(await methods(there), "GET GET GET");
  },
  BROWSERS,
);

const REFUSED = respond(403, {});

test(
  "a preflight that is refused: fails after the second request, and says what to do",
  async () => {
    const there = await scenario([ID_AND_END], { cors: {} });
    const lines = listenToConsole();
    const { log, source, until } = watch(there.otherUrl);
    await until("error 2");
    await settle();
    equal([log, source.readyState], [["open", "message:a#1", "error 0", "error 0", "error 2"], 2]);
    equal(await methods(there), "GET OPTIONS HEAD OPTIONS HEAD");
    equal(lines.length, 1, lines.join("\n"));
    for (const word of [
      ...["preflight", "Access-Control-Allow-Headers: Last-Event-ID"],
      "lastEventIdQueryParameterName",
    ]) {
      equal([word, lines[0].includes(word)], [word, true]);
    }
  },
  OURS,
);

test(
  "a preflight that is refused by its status",
  async () => {
    const preflights = [REFUSED, REFUSED, REFUSED];
    const there = await scenario([ID_AND_END], { cors: {}, preflights });
    const { log, until } = watch(there.otherUrl);
    await until("error 2");
    equal(log, ["open", "message:a#1", "error 0", "error 0", "error 2"]);
  },
  OURS,
);

test(
  "a preflight that is refused once only: the stream resumes",
  async () => {
    const there = await scenario([ID_AND_END, stream("data: b\n\n", hold)], {
      cors: { allow: "last-event-id" },
      preflights: [REFUSED],
    });
    const { log, until } = watch(there.otherUrl);
    await until("message:b");
    equal(log, ["open", "message:a#1", "error 0", "error 0", "open", "message:b#1"]);
  },
  OURS,
);

test(
  "a server that is down between two refusals does not make them two",
  async () => {
    const there = await scenario([ID_AND_END, stream("data: b\n\n", hold)], {
      cors: { allow: "last-event-id" },
      preflights: [REFUSED, [reset], REFUSED],
      probes: [respond(204, {}), [reset]],
    });
    const { log, until } = watch(there.otherUrl);
    await until("message:b");
    equal(log, [
      ...["open", "message:a#1", "error 0"],
      ...["error 0", "error 0", "error 0", "open", "message:b#1"],
    ]);
    equal(await methods(there), "GET OPTIONS HEAD OPTIONS HEAD OPTIONS HEAD OPTIONS GET");
  },
  OURS,
);

test(
  "a server that forbids what it allowed: fails after the second request",
  async () => {
    const allowed = { ...EVENT_STREAM, "Access-Control-Allow-Origin": "*" };
    const there = await scenario([respond(200, allowed, "retry: 1\n\n")], { last: stream() });
    const { log, until } = watch(there.otherUrl);
    await until("error 2");
    await settle();
    equal(log, ["open", "error 0", "error 0", "error 2"]);
    equal(await methods(there), "GET GET HEAD GET HEAD");
  },
  OURS,
);

test("the same origin is never probed", async () => {
  const there = await scenario([
    ...[stream("retry: 1\n\n"), [reset], [reset], stream(":", wait("reset"), reset)],
    stream("data: a\n\n"),
  ]);
  const { log, until } = watch(there.url);
  await there.arrived(4);
  await there.open("reset");
  await until("error 2");
  equal(log.filter((entry) => entry === "error 0").length, 5);
  equal(await methods(there), "GET GET GET GET GET GET");
});

test(
  "another origin is probed once for each failure of a request, never for a body's",
  async () => {
    const there = await scenario(
      [
        ...[stream("retry: 1\n\n"), [reset], [reset], stream(":", wait("reset"), reset)],
        stream("data: a\n\n"),
      ],
      { cors: {}, probes: [[reset], [reset]] },
    );
    const { log, until } = watch(there.otherUrl);
    await until("open", 2);
    await there.open("reset");
    await until("error 2");
    equal(await methods(there), "GET GET HEAD GET HEAD GET GET GET");
    equal(log.filter((entry) => entry === "error 0").length, 5);
  },
  // If a connection was used before, WebKitGTK repeats a request that is reset on it.
  { ...OURS, browsers: ["chromium", "firefox"] },
);

test(
  "a probe carries no credentials",
  async () => {
    const cookie = `${config.realm}=${config.run}`;
    await fetch(`${config.other}/cookie/${cookie}`, { credentials: "include", mode: "no-cors" });
    const there = await scenario([], { last: stream() });
    const { until } = watch(there.otherUrl, { withCredentials: true });
    await until("error");
    const [get, head] = await there.log();
    equal([head.method, head.header("cookie")], ["HEAD", undefined]);
    equal((get.header("cookie") ?? "").includes(cookie), true);
  },
  OURS,
);

test(
  "close() while it is probed: nothing follows",
  async () => {
    const there = await scenario([], { last: stream(), probes: [[wait("never")]] });
    const { log, source } = watch(there.otherUrl);
    await there.arrived("probe 1");
    source.close();
    await there.closed("probe 1");
    await settle();
    equal([log, await methods(there)], [[], "GET HEAD"]);
  },
  OURS,
);

test(
  "a probe that is never answered does not hold up the error for long",
  async () => {
    const there = await scenario([], { last: stream(), probes: [[wait("never")]] });
    const { log, until } = watch(there.otherUrl);
    await until("error");
    equal(log, ["error 0"]);
  },
  // Only in one realm, because it takes as long as the class waits for the probe's answer.
  { only: ["window"], ours: true },
);
