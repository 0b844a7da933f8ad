// Section 3 of behaviour.md: what the server sees of a request.

import { config, equal, section, test } from "../harness.js";
import { hold, redirect, respond, scenario, stream } from "../scenario.js";
import { connect, watch } from "../watch.js";

section("request");

const BROWSERS_ONLY = { except: ["node"] };

const latin1OfUtf8 = (text) => String.fromCharCode(...new TextEncoder().encode(text));

// WebKitGTK's fetch takes a header's bytes for characters, and encodes them once more. No script can prevent
// that.
const arrivesAs = (text) =>
  latin1OfUtf8(config.browser === "webkit" && !config.native ? latin1OfUtf8(text) : text);

test("method, Accept, Cache-Control, and no body", async () => {
  const there = await scenario([stream(hold)]);
  connect(there.url);
  const { method, header } = await there.arrived();
  equal([method, header("accept")], ["GET", "text/event-stream"]);
  equal(header("cache-control"), "no-cache");
  equal([header("content-type"), header("content-length")], [undefined, undefined]);
  equal(header("last-event-id"), undefined);
});

test("the query is sent, the fragment is not", async () => {
  const there = await scenario([stream(hold)]);
  connect(`${there.url}?a=%20b#c`);
  equal((await there.arrived()).url, `${there.path}?a=%20b`);
});

test(
  "the metadata of the request are those of a CORS request",
  async () => {
    const there = await scenario([stream(hold)]);
    connect(there.url);
    const { header } = await there.arrived();
    equal([header("sec-fetch-mode"), header("sec-fetch-dest")], ["cors", "empty"]);
  },
  BROWSERS_ONLY,
);

test("the cache is neither asked nor filled", async () => {
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "max-age=3600" };
  const cacheable = (data, ...rest) =>
    respond(200, headers, `retry: 1\ndata: ${data}\n\n`, ...rest);
  // The second response stays open, so only the other EventSource asks for the third.
  const there = await scenario([cacheable(1), cacheable(2, hold), cacheable(3)]);
  const first = watch(there.url);
  await first.until("message:2");
  first.source.close();
  const second = watch(there.url);
  await second.until("message");
  equal(second.log[1], "message:3");
});

test("two of the same URL are two requests", async () => {
  const there = await scenario([stream(hold), stream(hold)]);
  connect(there.url);
  connect(there.url);
  await there.arrived(2);
});

test(
  "another origin: the origin is sent, and there is no preflight",
  async () => {
    const there = await scenario([stream("data: a\n\n", hold)], { cors: {} });
    const { until } = watch(there.otherUrl);
    await until("message:a");
    const log = await there.log();
    equal(
      log.map(({ method }) => method),
      ["GET"],
    );
    equal(log[0].header("origin"), config.origin);
  },
  BROWSERS_ONLY,
);

test(
  "another origin that does not allow it is not read",
  async () => {
    const there = await scenario([stream("data: secret\n\n")], {
      last: stream("data: secret\n\n"),
    });
    const { source, log, until } = watch(there.otherUrl);
    await until("error");
    source.close();
    equal(log[0].startsWith("error"), true);
  },
  BROWSERS_ONLY,
);

/** Whether the cookie of this realm was sent. */
async function cookieSent({ url, init, cors }) {
  const cookie = `${config.realm}=${config.run}`;
  await fetch(`${config.origin}/cookie/${cookie}`, { credentials: "include" });
  const there = await scenario([stream("data: a\n\n", hold)], { cors });
  const { until } = watch(there[url], init);
  const { header } = await there.arrived();
  await until("message:a");
  return (header("cookie") ?? "").split("; ").includes(cookie);
}

for (const [name, options, sent] of [
  ["same origin", { url: "url" }, true],
  ["same origin, withCredentials", { url: "url", init: { withCredentials: true } }, true],
  ["another origin", { url: "otherUrl", cors: {} }, false],
  [
    "another origin, withCredentials",
    { url: "otherUrl", cors: { credentials: true }, init: { withCredentials: true } },
    true,
  ],
]) {
  test(
    `${name}: cookies are ${sent ? "" : "not "}sent`,
    async () => equal(await cookieSent(options), sent),
    BROWSERS_ONLY,
  );
}

test(
  "withCredentials, and another origin that allows only requests without",
  async () => {
    const there = await scenario([stream("data: secret\n\n")], { cors: {} });
    const { source, log, until } = watch(there.otherUrl, { withCredentials: true });
    await until("error");
    source.close();
    equal(log[0].startsWith("error"), true);
  },
  BROWSERS_ONLY,
);

/** The Last-Event-ID of the second request, if the first response has this body. */
async function idAfter(...body) {
  const there = await scenario([stream("retry: 1\n", ...body), stream(hold)]);
  connect(there.url);
  const { header } = await there.arrived(2);
  return header("last-event-id");
}

for (const [name, id, sent = id] of [
  ["a number", "1"],
  ["zero", "0"],
  ["two-byte characters", "é"],
  ["an ellipsis", "…"],
  ["日本", "日本"],
  ["an emoji", "😀"],
  ["bytes that were malformed", "\ufffd"],
  ["punctuation", "a: b, \"c\"; d='e'"],
  ["white space inside", "a b"],
  ["white space around it, which a header cannot keep", " a ", "a"],
  ["a long one", "0123456789".repeat(200)],
]) {
  test(`Last-Event-ID: ${name}`, async () =>
    equal(await idAfter(`id: ${id}\ndata\n\n`), arrivesAs(sent)));
}

for (const [name, id] of [
  ["U+0001", "a\u0001b"],
  ["an escape", "\u001b"],
  ["DEL", "a\u007f"],
  ["a form feed", "a\fb"],
]) {
  const body = `retry: 1\nid: ${id}\ndata: a\n\n`;
  test(
    `an id that a header cannot carry is left out: ${name}`,
    async () => {
      const there = await scenario([stream(body), stream("data: b\n\n")]);
      const { log, until } = watch(there.url);
      await until("error 2");
      equal((await there.arrived(2)).header("last-event-id"), undefined);
      const message = (data) => `message:${data}#${id}`;
      equal(log, ["open", message("a"), "error 0", "open", message("b"), "error 0", "error 2"]);
    },
    // Chromium's own class sends it all the same, and Node's HTTP parser, like others, answers with 400.
    { ours: true },
  );
}

for (const [name, body, sent] of [
  ["none was sent", "data: a\n\n", undefined],
  ["without data", "id: 1\n\n", "1"],
  ["the last of several", "id: 1\ndata: a\n\nid: 2\ndata: b\n\n", "2"],
  ["it stays", "id: 1\ndata: a\n\ndata: b\n\n", "1"],
  ["taken back by an empty one", "id: 1\ndata: a\n\nid\ndata: b\n\n", undefined],
  ["of an unfinished event", "id: 1\ndata: a\n\nid: 2\ndata: b\n", "1"],
  ["with NUL it is ignored", "id: 1\nid: 2\0\ndata: b\n\n", "1"],
]) {
  test(`Last-Event-ID, ${name}`, async () => equal(await idAfter(body), sent));
}

test("Last-Event-ID survives connections that set none", async () => {
  const there = await scenario([
    ...[stream("retry: 1\nid: 7\n\n"), stream(), stream("data: a\n\n"), stream(hold)],
  ]);
  connect(there.url);
  await there.arrived(4);
  const log = await there.log();
  equal(
    log.map(({ header }) => header("last-event-id")),
    [undefined, "7", "7", "7"],
  );
});

test("Last-Event-ID goes through a redirect", async () => {
  const there = await scenario([
    ...[stream("retry: 1\nid: 7\n\n"), redirect(307, "elsewhere"), stream(hold)],
  ]);
  connect(there.url);
  equal((await there.arrived(3)).header("last-event-id"), "7");
});

test("a new EventSource knows no last event ID", async () => {
  const there = await scenario([stream("id: 7\ndata: a\n\n", hold), stream(hold)]);
  const { until } = watch(there.url);
  await until("message:a#7");
  connect(there.url);
  equal((await there.arrived(2)).header("last-event-id"), undefined);
});

test(
  "Last-Event-ID to another origin that allows the header",
  async () => {
    const cors = { allow: "last-event-id" };
    const there = await scenario([stream("retry: 1\nid: …\n\n"), stream(hold)], { cors });
    connect(there.otherUrl);
    equal((await there.arrived(2)).header("last-event-id"), arrivesAs("…"));
  },
  BROWSERS_ONLY,
);
