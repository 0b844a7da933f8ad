// Watches an EventSource: logs each event as a short text. So a test can say in one line what it expects, and
// await the events that it needs.

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
 * Logs the events of a new EventSource with this URL.
 * @param {string | URL} url
 * @param {object} [options]
 * @param {string[]} [options.types]  types to listen to, besides open, error and message
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
  /** Resolves when the log has `count` events whose text begins like this, after the dispatch of the last. */
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

/** Logs the first character of each message, and once more in the last of `hops` promise jobs in a row. */
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
 * Waits so long that events or requests which must not come would have come. Resolves when another
 * EventSource has connected three times. Its reconnection time is `time`.
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
