// Compares the browser's own EventSource with ours, side by side in one window: both get the same scripts,
// and everything that a page can observe of each is logged and compared.

import { EventSource } from "eventsource-wasm";
import { config, defer } from "./harness.js";
import { scenario } from "./scenario.js";

const PATIENCE = 8000;
const STANDARD_TYPES = ["open", "message", "error"];

/**
 * @typedef {object} Given
 * @property {object[][]} [connections]  the scenario's scripts
 * @property {object} [options]          the scenario's options
 * @property {(there: object) => string} [url]  one of the scenario's URLs; by default, the same-origin one
 * @property {object} [init]             the constructor's second argument
 * @property {string[]} [types]          types of events to listen to, besides the standard's
 * @property {number} [errors]           after so many errors, it ends, unless a failure ends it before
 * @property {boolean} [listenersFirst]  add the listeners before the handlers are set
 */

/**
 * Gives both the same. Returns `undefined` if they do the same, or else what each did.
 * @param {Given} given
 * @param {Function[]} [classes]  the browser's own and ours, if they are another realm's
 */
export async function difference(given, classes = [globalThis.EventSource, EventSource]) {
  const [theirs, ours] = await Promise.all(classes.map((one) => play(one, given)));
  const [left, right] = [theirs, ours].map((seen) => JSON.stringify(seen));
  return left === right ? undefined : { native: theirs, ours };
}

/** What a page and its server see of one of them. */
async function play(Class, { connections = [], options, url, init, ...rest }) {
  const there = await scenario(connections, options);
  const source = new Class(url ? url(there) : there.url, init);
  defer(() => source.close());
  const log = await observe(source, there, rest);
  source.close();
  // Preflights and probes are a known difference, which is tested elsewhere.
  const requests = (await there.log())
    .filter(({ method }) => method === "GET")
    .map((entry) => describe(entry, there.id));
  return { log, url: [source.url.replaceAll(there.id, "ID")], requests };
}

/** Resolves with the log when it has ended. An event of the type `gate` opens the gate that it names. */
function observe(source, there, { types = [], errors = Infinity, listenersFirst }) {
  const log = [];
  return new Promise((resolve) => {
    let left = errors;
    const timer = setTimeout(end, PATIENCE, "nothing for long");
    defer(() => clearTimeout(timer));
    function end(how) {
      if (how) log.push(how);
      resolve([...log]);
    }
    function see(who, event, self) {
      log.push([who, ...attributesOf(event, source), self === source, ...contextOf(source)]);
    }
    function listen() {
      for (const type of [...STANDARD_TYPES, ...types]) {
        source.addEventListener(type, function (event) {
          see("listener", event, this);
        });
        if (STANDARD_TYPES.includes(type) && !source[`on${type}`]) setHandler(type);
        source.addEventListener(type, (event) => {
          // Only the last listener's job is logged. Before that, the two differ: see the README.
          Promise.resolve().then(() => log.push(`job of ${event.type}`));
        });
      }
    }
    function setHandler(type) {
      source[`on${type}`] = function (event) {
        see("handler", event, this);
      };
    }
    if (!listenersFirst) STANDARD_TYPES.forEach(setHandler);
    listen();
    source.addEventListener("gate", ({ data }) => setTimeout(there.open, 0, data));
    source.addEventListener("error", (event) => {
      if (isMessage(event)) return;
      if (source.readyState !== 2 && --left > 0) return;
      source.close();
      // This event's jobs are still to come.
      setTimeout(end);
    });
  });
}

const contextOf = (source) => [source.readyState, source.withCredentials];

function attributesOf(event, source) {
  const own = [event.type, Object.prototype.toString.call(event), event instanceof MessageEvent];
  const place = [event.target === source, event.currentTarget === source, event.eventPhase];
  const flags = [event.bubbles, event.cancelable, event.composed, event.defaultPrevented];
  return [...own, ...place, ...flags, ...messageOf(event)];
}

function messageOf(event) {
  if (!isMessage(event)) return [];
  const { data, origin, lastEventId, source, ports } = event;
  return [data, origin, lastEventId, source, ports.length, Object.isFrozen(ports)];
}

/** Not `instanceof`, because the event may be another realm's. */
const isMessage = (event) => "data" in event;

/** A request, without the scenario's ID and without the order of the headers. */
function describe({ method, url, headers }, id) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`.replaceAll(id, "ID"));
  return [method, url.replaceAll(id, "ID"), ...lines.sort()];
}

/** Explains a difference to a reader: what each did at the first place where they differ. */
export function explain({ native, ours }) {
  const parts = [];
  for (const key of ["log", "url", "requests"]) {
    const [left, right] = [native, ours].map((seen) => seen[key].map((one) => JSON.stringify(one)));
    const length = Math.max(left.length, right.length);
    const at = Array.from({ length }, (_, i) => i).find((i) => left[i] !== right[i]);
    if (at === undefined) continue;
    const show = (list, other) => shorten(list[at], other[at]);
    parts.push(
      `${key}: ${at} are the same, then\n    ${config.browser}: ${show(native[key], ours[key])}` +
        `\n    ours: ${show(ours[key], native[key])}`,
    );
  }
  return parts.join("\n  ");
}

/** If the entry is long, only the parts that the other does not have. */
function shorten(entry, other) {
  if (entry === undefined) return "nothing";
  if (!Array.isArray(entry) || entry.length < 20) return clip(JSON.stringify(entry));
  if (entry[0] !== "GET") return clip(JSON.stringify(entry));
  const unlike = entry.filter((one, i) => i < 2 || !other?.includes(one));
  return clip(JSON.stringify(other ? unlike : entry.slice(0, 2)));
}

const clip = (text) => (text.length > 600 ? `${text.slice(0, 600)}…` : text);
