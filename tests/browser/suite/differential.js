// Section 8 of behaviour.md: the same scenarios for the browser's own EventSource and for ours, which have to
// do the same. If an engine is known to differ from the standard in a scenario, the reason is next to it.

import { difference, explain } from "../differential.js";
import { config, section, test } from "../harness.js";
import { redirect, reset, respond, stream, wait } from "../scenario.js";

section("differential");

/**
 * How many cases run at once. A browser opens only six connections to a server, and a case needs two. In
 * Firefox, more cases save time, because it waits half a second between two connections of a source.
 */
const AT_ONCE = { chromium: 3, firefox: 10, webkit: 3 };
const OF_A_TEST = 15;

let cases = [];

/** The browser's own and ours do the same. `departs` says for an engine why its own may differ here. */
function same(name, given, departs = {}) {
  cases.push({ name, given, departs });
}

/** Makes tests from the cases that were added since the last call. */
function group(name) {
  const all = cases;
  cases = [];
  for (let at = 0; at < all.length; at += OF_A_TEST) {
    const title = all.length > OF_A_TEST ? `${name} (${at / OF_A_TEST + 1})` : name;
    const some = all.slice(at, at + OF_A_TEST);
    test(title, () => compare(some), { only: ["window"], ours: true });
  }
}

async function compare(some) {
  const left = some.filter(({ departs }) => !departs[config.browser]);
  const found = [];
  async function next() {
    const one = left.shift();
    if (!one) return;
    const { given } = one;
    const unlike = await difference(typeof given === "function" ? await given() : given);
    if (unlike) found.push(`${one.name}\n  ${explain(unlike)}`);
    await next();
  }
  await Promise.all(Array.from({ length: AT_ONCE[config.browser] }, next));
  if (found.length > 0) throw new Error(found.join("\n"));
}

const EVENT_STREAM = { "Content-Type": "text/event-stream" };
const START = stream("retry: 1\nid: 1\ndata: a\n\n");
const END = stream("data: end\n\n");
/** A response between two good ones. */
const between = (...scripts) => ({ connections: [START, ...scripts, END] });

for (const status of [
  ...[200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 304, 305, 306, 399],
  ...[400, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 416, 418, 421, 425, 426],
  ...[429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 599, 600, 799, 999],
]) {
  same(String(status), between(respond(status, EVENT_STREAM, "data: b\n\n")));
}
same("503 at first", { connections: [respond(503, EVENT_STREAM)], options: { last: END } });
same("204 at first", { connections: [] });
group("statuses");

const UP_TO_THE_SPACE = "it reads the type up to the space; by the standard, the type is invalid";
const TYPE_DEPARTURES = {
  "text/event-stream ;charset=utf8": { chromium: "it accepts no label of UTF-8 except utf-8" },
  "text/event-stream x": {
    ...{ chromium: UP_TO_THE_SPACE, firefox: UP_TO_THE_SPACE, webkit: UP_TO_THE_SPACE },
  },
};
for (const type of [
  ...["text/event-stream", "TEXT/EVENT-STREAM", "text/event-stream;charset=utf-8", "text/html"],
  ...['text/event-stream; charset="UTF-8"', "text/event-stream; x=y", "text/event-stream;"],
  ...["text/event-stream ;charset=utf8", "text/plain", "application/json", "", "x", "*/*", "text"],
  ...["text/event-stream, text/event-stream", "text/event-streamx", "text/event-stream x"],
]) {
  const response = respond(200, { "Content-Type": type }, "data: é\n\n");
  same(type, between(response), TYPE_DEPARTURES[type]);
}
same("no Content-Type", between(respond(200, {}, "data: b\n\n")));
group("types");

for (const [name, ...headers] of [
  ["nosniff", ["X-Content-Type-Options", "nosniff"]],
  ["a download", ["Content-Disposition", "attachment"]],
  ["a lifetime", ["Cache-Control", "max-age=1000"], ["ETag", '"1"']],
  ["a date", ["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"], ["Expires", "0"]],
  ["Refresh", ["Refresh", "0; url=/page/over"]],
  ["Retry-After", ["Retry-After", "1"]],
  ["Vary", ["Vary", "*"]],
  ["a language", ["Content-Language", "ja"]],
  ["a content encoding that is none", ["Content-Encoding", "identity"]],
  ["a content encoding that nobody knows", ["Content-Encoding", "unknown"]],
  ["its length", ["Content-Length", "9"]],
  ["a cookie, which comes back", ["Set-Cookie", "taste=good"]],
]) {
  const all = [["Content-Type", "text/event-stream"], ...headers];
  same(name, between(respond(200, all, "data: b\n\n")));
}
same("a length of 0", between(respond(200, { ...EVENT_STREAM, "Content-Length": "0" })));
same(
  "too long a length",
  between(respond(200, { ...EVENT_STREAM, "Content-Length": "99" }, "data: b\n\ndata: c")),
  {
    chromium: "ours: a failing fetch can drop what has not been read, see the README's differences",
  },
);
same("a compressed body", async () => {
  const compressed = new Blob(["data: b\n\ndata: c\n\n"])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(compressed).arrayBuffer());
  const headers = { ...EVENT_STREAM, "Content-Encoding": "gzip" };
  return between(respond(200, headers, bytes.slice(0, 20), bytes.slice(20)));
});
group("headers");

same("instead of the first response", { connections: [[reset]], errors: 1 });
same("instead of the second", between([reset]));
const GATE = "event: gate\ndata: go\n\n";
for (const [name, tail] of [
  ["after an event", ""],
  ["in a line", "data: b"],
  ["after a line", "data: b\n"],
  ["after CR", "data: b\r"],
  ["in a character", Uint8Array.of(100, 97, 116, 97, 58, 0xe6, 0x97)],
]) {
  same(name, between(stream(GATE, tail, wait("go"), reset)), {
    webkit: "it does not reconnect after a reset in a body",
  });
}
group("resets");

const TO_ANOTHER_URL = "after a redirect its next request goes to another URL, see native.md";
const STAYS = { firefox: TO_ANOTHER_URL, webkit: TO_ANOTHER_URL };
const GIVES_UP = "it does not retry a URL that cannot be reached; the standard reconnects";
const HANGS = "it fires no event at all";

for (const status of [301, 302, 303, 307, 308]) {
  const there = redirect(status, "b?c");
  same(`${status}`, { connections: [there, START], errors: 1 });
  same(`${status}, and connected again`, { connections: [there, START, END] }, STAYS);
  same(`${status} when connected again`, between(there), STAYS);
}
// Ours reconnects, because a script cannot see where a redirect led: see the README's differences.
const HIDDEN = { chromium: "ours", firefox: "ours", webkit: "ours" };
const LOCATION_DEPARTURES = {
  "mailto:a@b": HIDDEN,
  "javascript:1": HIDDEN,
  "unknown:x": HIDDEN,
  "": { webkit: HANGS },
  "about:blank": { firefox: GIVES_UP, webkit: GIVES_UP },
  "data:text/event-stream,data:a%0A%0A": { firefox: GIVES_UP, webkit: GIVES_UP },
  "http://": { firefox: GIVES_UP },
  "blob:x": { firefox: GIVES_UP, webkit: GIVES_UP },
  "http://127.0.0.1:1/": { firefox: GIVES_UP, webkit: HANGS },
  "http://a.invalid/": { firefox: GIVES_UP },
  "file:///": { firefox: GIVES_UP, webkit: GIVES_UP },
};
for (const location of [
  ...["b", "./b", "b#c", "#c", "?", "", "b c", "b%20c", "b\u00e9", "b?\u00e9", "/streams/{id}/b"],
  ...["mailto:a@b", "about:blank", "data:text/event-stream,data:a%0A%0A", "http://", "blob:x"],
  ...["javascript:1", "http://127.0.0.1:1/", "http://a.invalid/", "file:///", "unknown:x"],
]) {
  same(
    `to "${location}"`,
    { connections: [redirect(302, location), START], errors: 1 },
    LOCATION_DEPARTURES[location],
  );
}
same("from and to a fragment", {
  ...{ connections: [redirect(302, "b#to"), START], errors: 1, url: ({ url }) => `${url}#from` },
});
for (const count of [5, 19, 20, 21]) {
  const redirects = Array(count).fill(redirect(302, "b"));
  const departs = { firefox: GIVES_UP, webkit: "it counts up to 19, and gives up" };
  same(
    `${count} times`,
    { connections: [...redirects, START], errors: 1 },
    count > 19 ? departs : {},
  );
}
same(
  "for ever",
  { options: { last: redirect(307, "events") }, errors: 1 },
  { firefox: GIVES_UP, webkit: GIVES_UP },
);
same("to what is no event stream", {
  connections: [redirect(302, "b"), respond(200, { "Content-Type": "text/html" })],
});
same("to 204", { connections: [redirect(302, "b")] });
same(
  "to a URL with a user and a password",
  () => {
    const there = `${config.origin.replace("//", "//user:pass@")}/streams/{id}/b`;
    return { connections: [redirect(302, there)], errors: 1 };
  },
  HIDDEN,
);
group("redirects");

const otherUrl = ({ otherUrl }) => otherUrl;
const toOther = () => redirect(302, `${config.other}/streams/{id}/b`);
const toSelf = () => redirect(302, `${config.origin}/streams/{id}/b`);
const NO_CACHE = {
  webkit: "its fetch drops Cache-Control and Pragma after a redirect to another origin",
};

same("allowed", () => ({
  ...{ url: otherUrl, connections: [START, END], options: { cors: { allow: "last-event-id" } } },
}));
same("forbidden", { url: otherUrl, connections: [START] });
same("credentials, allowed", () => ({
  url: otherUrl,
  connections: [START],
  options: { cors: { origin: config.origin, credentials: true } },
  init: { withCredentials: true },
  errors: 1,
}));
same("credentials, forbidden", {
  ...{
    url: otherUrl,
    connections: [START],
    options: { cors: {} },
    init: { withCredentials: true },
  },
});
same(
  "it leads back",
  () => ({
    ...{ url: otherUrl, connections: [toSelf(), START], options: { cors: {} }, errors: 1 },
  }),
  NO_CACHE,
);
same("it leads on", {
  ...{ url: otherUrl, connections: [redirect(302, "b"), START], options: { cors: {} }, errors: 1 },
});
same("it leads on, but must not", { url: otherUrl, connections: [redirect(302, "b"), START] });
same(
  "led there",
  () => ({ connections: [toOther(), START], options: { cors: {} }, errors: 1 }),
  NO_CACHE,
);
same("led there, forbidden", () => ({ connections: [toOther(), START], errors: 1 }), HIDDEN);
group("another origin");

const NO_DATA_URLS = "its EventSource reads no data: URLs";
const NO_BLOBS = "its EventSource reads no blobs";
const URL_DEPARTURES = {
  "data:x": { chromium: "it reconnects for ever, although nothing can change" },
  "http://127.0.0.1:1/": { firefox: GIVES_UP, webkit: HANGS },
  "http://[::1]:1/": { firefox: GIVES_UP, webkit: HANGS },
  "//127.0.0.1:1": { firefox: GIVES_UP, webkit: HANGS },
  "http://a.invalid/": { firefox: GIVES_UP },
  "data:text/event-stream,data:a%0A%0A": { firefox: NO_DATA_URLS, webkit: NO_DATA_URLS },
  "data:text/event-stream;base64,ZGF0YTphCgo=": { firefox: NO_DATA_URLS, webkit: NO_DATA_URLS },
};
// For each of these URLs, the first error shows whether the failure is permanent.
for (const url of [
  ...["mailto:a@b", "ftp://127.0.0.1/", "tel:1", "javascript:1", "unknown:x", "about:blank"],
  ...["about:srcdoc", "file:///", "data:,", "data:text/html,x", "data:x", "view-source:http://a/"],
  ...["ws://127.0.0.1/", "blob:x", "http://127.0.0.1:1/", "http://a.invalid/", "http://[::1]:1/"],
  ...["", "#x", "?x", "  ?x\t\n", "?\ud800", "?é#é", "/nowhere", "//127.0.0.1:1", "HTTP:nowhere"],
  ...["data:text/event-stream,data:a%0A%0A", "data:text/event-stream;base64,ZGF0YTphCgo="],
]) {
  same(JSON.stringify(url), { url: () => url, errors: 1 }, URL_DEPARTURES[url]);
}
same(
  "a data: URL, again and again",
  { url: () => "data:text/event-stream,retry:1%0Aid:1%0Adata:a%0A%0A", errors: 3 },
  { firefox: NO_DATA_URLS, webkit: NO_DATA_URLS },
);
const blobUrl = () => {
  const blob = new Blob(["retry:1\nid:1\ndata: a\n\n"], { type: "text/event-stream" });
  return URL.createObjectURL(blob);
};
same(
  "a blob, again and again",
  () => {
    const url = blobUrl();
    return { url: () => url, errors: 3 };
  },
  { firefox: NO_BLOBS, webkit: "the messages' origin is blob://" },
);
same(
  "a user and a password",
  { connections: [START], url: ({ url }) => url.replace("//", "//user:pass@"), errors: 1 },
  { firefox: "it asks without them", webkit: "it asks without them" },
);
group("URLs");
