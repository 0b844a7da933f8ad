// For pages that get the WebAssembly by themselves, from a file beside the script.

import { setLoader } from "../core.js";
import { instantiateInstead } from "../fallback.js";
import { instantiate } from "../wasm.js";

export { EventSource } from "../eventsource.js";

let source;

/** https://webassembly.github.io/spec/js-api/#modules, its bytes, or where to get them. */
export function initialise(wasm) {
  source = wasm;
}

setLoader(() => instantiate(moduleOrBytes, instantiateInstead));

async function moduleOrBytes() {
  const given = await source;
  if (given === undefined) {
    throw new Error(
      "eventsource-wasm/slim has no WebAssembly yet. Call initialise() with a URL, a Response, bytes or a WebAssembly.Module first.",
    );
  }
  const isPlace = typeof given === "string" || given instanceof URL || given instanceof Request;
  const found = isPlace ? await fetch(given) : given;
  if (!(found instanceof Response)) return found;
  if (!found.ok) throw new Error(`${found.url} has no WebAssembly: its status is ${found.status}.`);
  return found.arrayBuffer();
}
