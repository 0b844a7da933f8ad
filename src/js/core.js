// Loads the core, which every EventSource of the realm uses: once, asynchronously, when the first one is made.
// Each entry gets the core from another place, so it sets its own loader here.

import { failAll } from "./realm_events.js";

let load;
let loading;
let hasCrashed = false;

/** `loader` resolves with the core's exports, or rejects with an error that tells developers what to do. */
export function setLoader(loader) {
  load = loader;
}

/** Resolves with the core's exports. If the core could not be loaded, the next call tries again. */
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
      throw new Error(`${name} is missing here. Define it, then make a new EventSource.`);
    }
  }
}

/**
 * The WebAssembly's exports, or those of its translation, guarded against crashes. They throw only when the
 * core traps. Its memory may be inconsistent after that, so every EventSource fails and the core never runs
 * again.
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
  const message = `the core has crashed (${error}), perhaps because memory ran out. No EventSource works here any more. Reload the page, or restart the process.`;
  load = () => Promise.reject(new Error(message, { cause: error }));
  loading = undefined;
  failAll("init", message, error);
}
