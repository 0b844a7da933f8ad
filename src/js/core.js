// The core, beneath every EventSource: loaded asynchronously, once per realm, when the first is made.
// Where it comes from differs between the entries; each tells it here.

import { failAll } from "./realm_events.js";

let load;
let loading;
let hasCrashed = false;

/** `loader` resolves with what the core exports, or rejects with what a developer has to do. */
export function setLoader(loader) {
  load = loader;
}

/** What the core exports. If it could not be loaded, the next call tries again. */
export async function loadCore() {
  requireGlobals("fetch", "TextDecoder");
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

export function requireGlobals(...names) {
  for (const name of names) {
    if (typeof globalThis[name] === "undefined") {
      throw new Error(`there is no ${name} here, which eventsource-wasm needs. Define it first.`);
    }
  }
}

/**
 * The functions that the core's two halves call. Each throws only by a trap, after which nobody knows what is
 * in the core's memory: every EventSource is told, and the core never runs again.
 */
export function watched(exports) {
  const watch = (value) =>
    typeof value !== "function"
      ? value
      : (...args) => {
          if (hasCrashed) return undefined;
          try {
            return value(...args);
          } catch (error) {
            crash(error);
            throw error;
          }
        };
  return Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, watch(value)]));
}

function crash(error) {
  hasCrashed = true;
  const message = `the core has crashed, perhaps for want of memory (${error}), and with it every EventSource here. Reload the page, or restart the process.`;
  load = () => Promise.reject(new Error(message, { cause: error }));
  loading = undefined;
  failAll("init", message, error);
}
