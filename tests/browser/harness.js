// A test harness that fits on a page, so that the same suite runs in every realm of a browser and
// in Node. Tests run one after another; each has a generous limit after which it fails, and no
// assertion depends on the speed of anything.

const LIMIT = 15_000;

/**
 * Where the suite runs: { browser, realm, like, run, origin, other, native, grep, sections, seed, rounds };
 * filled in by the entry of the realm.
 */
export const config = {};

const tests = [];
let heading = "";
let ofSection = {};
const deferred = [];
let expected;
let remark;
let unexpected = [];

/** The tests that follow belong to this section, and run there unless they say otherwise. */
export function section(name, where = {}) {
  heading = name;
  ofSection = where;
}

/**
 * @param {string} name
 * @param {() => unknown} body
 * @param {object} [where]              everywhere unless told
 * @param {string[]} [where.only]       the realms it can be observed in
 * @param {string[]} [where.except]     the realms it cannot
 * @param {string[]} [where.browsers]   the browsers it can, Node among them
 * @param {boolean} [where.ours]        it says nothing about a native EventSource
 * @param {number} [where.limit]        in milliseconds
 * @param {() => boolean} [where.when]  asked before the first test runs
 */
export function test(name, body, where = {}) {
  tests.push({ section: heading, name: `${heading}: ${name}`, body, ...ofSection, ...where });
}

/** Runs when the test that calls it is over. */
export function defer(cleanup) {
  deferred.push(cleanup);
}

/**
 * The list that gets what is thrown with nobody to catch it, for the rest of this test; elsewhere
 * it fails the test.
 */
export function expectUncaught() {
  expected = [];
  return expected;
}

/** Something to be printed with the test's result: what the engine was seen to do. */
export function note(text) {
  remark = text;
}

/** For the entry of the realm: whatever reaches its global handlers. */
export function uncaught(error) {
  (expected ?? unexpected).push(error);
}

export function equal(actual, expected, what = "") {
  const [left, right] = [show(actual), show(expected)];
  if (left !== right) throw new Error(`${what && `${what}: `}got ${left}, expected ${right}`);
}

/** `kind` is a constructor, the name of a DOMException, or the very value that must be thrown. */
export function throws(body, kind) {
  try {
    body();
  } catch (error) {
    if (error === kind) return;
    if (typeof kind === "function" && error instanceof kind) return;
    if (error instanceof DOMException && error.name === kind) return;
    throw new Error(`threw ${show(error)}, expected ${kind.name ?? show(kind)}`);
  }
  throw new Error(`did not throw ${kind.name ?? show(kind)}`);
}

/** Runs what the configuration selects and hands each result, { name, error?, note? }, to `report`. */
export async function runTests(report) {
  for (const { name, body, limit: length = LIMIT } of tests.filter(selected)) {
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not over after ${length / 1000} s`)), length);
    });
    const result = { name };
    try {
      await Promise.race([limit, (async () => body())()]);
    } catch (error) {
      result.error = [show(error), ...frames(error)].join("\n");
    }
    clearTimeout(timer);
    if (remark) result.note = remark;
    remark = undefined;
    for (const cleanup of deferred.splice(0).reverse()) await cleanup();
    if (unexpected.length > 0) result.error ??= `uncaught: ${unexpected.map(show)}`;
    unexpected = [];
    expected = undefined;
    await report(result);
  }
}

function selected({ section, name, only, except, browsers, ours, when }) {
  const realms = [config.realm, config.like];
  if (config.sections && !config.sections.includes(section)) return false;
  if (config.grep && !name.includes(config.grep)) return false;
  if (browsers && !browsers.includes(config.browser)) return false;
  if (only && !only.some((one) => realms.includes(one))) return false;
  if (except?.some((one) => realms.includes(one)) || (ours && config.native)) return false;
  return !when || when();
}

/** Where it was thrown; a page's configuration is no part of that. */
function frames(error) {
  const lines = String(error?.stack ?? "").split("\n");
  return lines.filter((line) => /^\s+at |@/.test(line)).map((line) => line.replace(/\?[^:]*/, ""));
}

/**
 * A text that differs where values differ: strings quoted, undefined and NaN kept apart from null.
 */
function show(value) {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return `{${Object.keys(value).map((key) => `${key}: ${show(value[key])}`)}}`;
}
