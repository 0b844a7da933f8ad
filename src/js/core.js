// The core, beneath every EventSource: loaded asynchronously, once per realm, when the first is made.
// Where it comes from differs between the entries; each tells it here.

let load;
let loading;

/** `loader` resolves with the core's `Task` class, or rejects with what a developer has to do. */
export function setLoader(loader) {
  load = loader;
}

/** The core's `Task` class. What has failed is tried again by the next EventSource. */
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
