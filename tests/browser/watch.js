// An EventSource under observation: what it delivers is kept as a list of short texts, one an
// event, so that a test says what it expects in one line and awaits the events it needs.

import { EventSource } from "eventsource-wasm";
import { defer } from "./harness.js";
import { scenario, stream } from "./scenario.js";

/** An EventSource that is closed when the test is over. */
export function connect(url, init) {
  const source = new EventSource(url, init);
  defer(() => source.close());
  return source;
}

/**
 * Logs what the EventSource of this URL fires.
 * @param {string | URL} url
 * @param {object} [options]
 * @param {string[]} [options.types]  events to listen to besides open, error and message
 * @param {boolean} [options.withCredentials]
 */
export function watch(url, { types, ...init } = {}) {
  return observe(connect(url, init), types);
}

/**
 * Logs `open`, `error` with the readyState, and messages as `type:data`, followed by `#` and the
 * last event ID if there is one: ["open", "message:hello#1", "error 0"].
 */
export function observe(source, types = []) {
  const log = [];
  const waiting = new Set();
  for (const type of new Set(["open", "error", "message", ...types])) {
    source.addEventListener(type, (event) => {
      log.push(textOf(event));
      for (const one of waiting) one.see(log.at(-1));
    });
  }
  /** Resolves when an event whose text begins so has come `count` times, after its dispatch. */
  function until(text, count = 1) {
    let left = count;
    return new Promise((resolve) => {
      const one = {
        see(entry) {
          if (!entry.startsWith(text) || --left > 0) return;
          waiting.delete(one);
          setTimeout(resolve);
        },
      };
      waiting.add(one);
      for (const entry of log) if (left > 0) one.see(entry);
    });
  }
  return { source, log, until };
}

function textOf(event) {
  if (event instanceof MessageEvent) {
    return `${event.type}:${event.data}${event.lastEventId && `#${event.lastEventId}`}`;
  }
  return event.type === "error" ? `error ${event.target.readyState}` : event.type;
}

/** What is logged: the first character of each message, and again in the last of `hops` promise jobs in a row. */
export function logJobs(source, hops) {
  const log = [];
  source.onmessage = async ({ data }) => {
    log.push(data[0]);
    for (let hop = 0; hop < hops; hop++) await null;
    log.push(`job of ${data[0]}`);
  };
  return log;
}

/**
 * Gives everything that is wrongly under way the time to show: resolves when another EventSource,
 * with a reconnection time of 1 ms unless told, has connected three times.
 */
export async function settle(time = 1) {
  const other = await scenario([
    stream(`retry: ${time}\n\n`),
    stream(),
    stream("data: settled\n\n"),
  ]);
  const { source, until } = watch(other.url);
  await until("message:settled");
  source.close();
}
