// Section 1 of behaviour.md: what the constructor makes of its arguments.

import { EventSource } from "eventsource-wasm";
import { config, defer, equal, section, test, throws } from "../harness.js";

section("interface");

const url = (path = "") => `${config.origin}/streams/nobody/${path}`;

/** An EventSource to look at. It is closed before it can do anything. */
function make(...args) {
  const source = new EventSource(...args);
  source.close();
  return source;
}

test("no argument", () => throws(() => new EventSource(), TypeError));

for (const [name, value, expected] of [
  ["a string", () => url("a?b=c"), "a?b=c"],
  ["a URL", () => new URL(url("a?b=c")), "a?b=c"],
  ["an object with toString", () => ({ toString: () => url("a") }), "a"],
  ["a String", () => new String(url("a")), "a"],
  ["an array", () => [url("a")], "a"],
  ["a lone surrogate becomes U+FFFD", () => url("\ud800?\udc00x"), "%EF%BF%BD?%EF%BF%BDx"],
  ["a pair of surrogates", () => url("\ud83d\ude00"), "%F0%9F%98%80"],
  ["white space around it is stripped", () => ` \n${url("a")}\t `, "a"],
  ["dot segments and quotes are serialised", () => url("x/../a b\"?'"), "a%20b%22?%27"],
  ["the fragment is kept", () => url("a#b"), "a#b"],
]) {
  test(`url from ${name}`, () => equal(make(value()).url, url(expected)));
}

test("the scheme and the host are serialised in lower case", () => {
  const { port } = new URL(config.origin);
  equal(make(`HTTP://LOCALHOST:${port}`).url, `http://localhost:${port}/`);
});

test("a url that cannot be converted", () => {
  const thrown = new Error("mine");
  throws(() => new EventSource(Symbol("x")), TypeError);
  throws(() => new EventSource(Object.create(null)), TypeError);
  throws(
    () =>
      new EventSource({
        toString() {
          throw thrown;
        },
      }),
    thrown,
  );
});

for (const bogus of [
  ...["http://", "http://a:b/", "http://[::1", "http://a:99999/", "https://%/"],
  ...["http://this is invalid/", "http://a<b/", "http://a%20b/", "ftp://a|b/"],
]) {
  test(`${JSON.stringify(bogus)} does not parse`, () => {
    throws(() => new EventSource(bogus), "SyntaxError");
    try {
      new EventSource(bogus);
    } catch (error) {
      equal(error instanceof DOMException, true);
      equal(error.code, DOMException.SYNTAX_ERR);
    }
  });
}

for (const relative of ["", "events", "/events", "?a", "//127.0.0.1/", undefined, null, 1]) {
  test(`${relative === "" ? "the empty string" : relative} needs a base URL`, () => {
    const base = globalThis.document?.baseURI ?? globalThis.location?.href;
    if (base) equal(make(relative).url, new URL(`${relative}`, base).href);
    else throws(() => new EventSource(relative), "SyntaxError");
  });
}

test(
  "the base element counts",
  () => {
    const base = document.createElement("base");
    base.href = "/elsewhere/";
    document.head.append(base);
    defer(() => base.remove());
    equal(make("events").url, `${config.origin}/elsewhere/events`);
  },
  { only: ["window", "classic", "module"] },
);

for (const [name, init, expected] of [
  ["undefined", undefined, false],
  ["null", null, false],
  ["an empty object", {}, false],
  ["a function", () => {}, false],
  ["an array", [true], false],
  ["true", { withCredentials: true }, true],
  ["1", { withCredentials: 1 }, true],
  ['"false"', { withCredentials: "false" }, true],
  ["an object", { withCredentials: {} }, true],
  ["0", { withCredentials: 0 }, false],
  ["the empty string", { withCredentials: "" }, false],
  ["null inside", { withCredentials: null }, false],
  ["undefined inside", { withCredentials: undefined }, false],
  ["NaN", { withCredentials: Number.NaN }, false],
  ["an inherited true", Object.create({ withCredentials: true }), true],
]) {
  test(`withCredentials from ${name}`, () => equal(make(url(), init).withCredentials, expected));
}

for (const bogus of [1, "x", "", true, false, 0n, Symbol("x"), Number.NaN]) {
  test(`${typeof bogus} ${String(bogus)} is no dictionary`, () =>
    throws(() => new EventSource(url(), bogus), TypeError));
}

test("withCredentials is read once, and what its getter throws is thrown", () => {
  let reads = 0;
  const counting = {
    get withCredentials() {
      reads++;
      return true;
    },
  };
  equal(make(url(), counting).withCredentials, true);
  equal(reads, 1);
  const thrown = new Error("mine");
  const throwing = {
    get withCredentials() {
      throw thrown;
    },
  };
  throws(() => new EventSource(url(), throwing), thrown);
});

test("the arguments are converted from left to right, and the url is parsed last", () => {
  const log = [];
  const first = {
    toString() {
      log.push("url");
      return "http://";
    },
  };
  const second = {
    get withCredentials() {
      log.push("withCredentials");
      return false;
    },
  };
  throws(() => new EventSource(first, second), "SyntaxError");
  equal(log, ["url", "withCredentials"]);
});
