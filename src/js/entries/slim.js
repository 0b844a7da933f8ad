// The entry without WebAssembly, for pages that load it from a separate file.

import { setLoader } from "../core.js";
import { instantiateInstead } from "../fallback.js";
import { instantiate } from "../wasm.js";

export { EventSource } from "../eventsource.js";

let source;

/**
 * Takes a module (https://webassembly.github.io/spec/js-api/#modules), its bytes, a response with them, or
 * where to fetch them.
 */
export function initialise(wasm) {
  source = wasm;
  // A rejection is reported by the first EventSource, which may be made much later or never.
  Promise.resolve(wasm).catch(() => {});
}

setLoader(() => instantiate(moduleOrBytes, instantiateInstead));

async function moduleOrBytes() {
  const given = await source;
  if (given === undefined) {
    throw new Error(
      "eventsource-wasm/slim has no WebAssembly yet. Call initialise() with a URL, a Response, bytes or a WebAssembly.Module, then make a new EventSource.",
    );
  }
  const isPlace = typeof given === "string" || given instanceof URL || given instanceof Request;
  const found = isPlace ? await fetch(given) : given;
  if (!(found instanceof Response)) return found;
  if (!found.ok) {
    throw new Error(`${found.url} has the status ${found.status}. Serve eventsource.wasm there.`);
  }
  return found.arrayBuffer();
}
