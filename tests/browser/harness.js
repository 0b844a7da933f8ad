// A small test harness, with which the same suite runs in every realm of a browser and in Node. Tests run one
// after another. Each fails after a generous time limit, and no assertion depends on how fast anything is.

const LIMIT = 15_000;

/**
 * Where and how the suite runs: { browser, realm, like, run, origin, other, native, grep, sections, seed,
 * rounds }. The entry of the realm fills it in.
 */
export const config = {};

const tests = [];
let heading = "";
let ofSection = {};
const deferred = [];
let expected;
let remark;
let unexpected = [];

/** The tests after this call belong to this section. `where` is their default. */
export function section(name, where = {}) {
  heading = name;
  ofSection = where;
}

/**
 * @param {string} name
 * @param {() => unknown} body
 * @param {object} [where]              where it runs; by default, everywhere
 * @param {string[]} [where.only]       only in these realms
 * @param {string[]} [where.except]     not in these realms
 * @param {string[]} [where.browsers]   only in these browsers; "node" counts as one
 * @param {boolean} [where.ours]        not for a native EventSource
 * @param {number} [where.limit]        the time limit, in milliseconds
 * @param {() => boolean} [where.when]  only if this returns true; called before the first test runs
 */
export function test(name, body, where = {}) {
  tests.push({ section: heading, name: `${heading}: ${name}`, body, ...ofSection, ...where });
}

/** Runs `cleanup` when the test that calls this is over. */
export function defer(cleanup) {
  deferred.push(cleanup);
}

/**
 * Returns a list to which every uncaught error is added until the test is over. In a test that does not call
 * this, an uncaught error is a failure.
 */
export function expectUncaught() {
  expected = [];
  return expected;
}

/** Prints `text` with the test's result, to say what the engine did. */
export function note(text) {
  remark = text;
}

/** The entry of the realm calls this for each error that reaches its global handlers. */
export function uncaught(error) {
  (expected ?? unexpected).push(error);
}

export function equal(actual, expected, what = "") {
  const [left, right] = [show(actual), show(expected)];
  if (left !== right) throw new Error(`${what && `${what}: `}got ${left}, expected ${right}`);
}

/** `kind` is a constructor, the name of a DOMException, or exactly the value that has to be thrown. */
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

/**
 * Runs the tests that the configuration selects. Calls `report` with each result, { name, error?, note? }.
 */
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

/** Where the error was thrown, without the query of the script's URL, which is the page's configuration. */
function frames(error) {
  const lines = String(error?.stack ?? "").split("\n");
  return lines.filter((line) => /^\s+at |@/.test(line)).map((line) => line.replace(/\?[^:]*/, ""));
}

/** A text that differs if the values differ: strings are quoted, and undefined and NaN are not null. */
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
