// The core as JavaScript, in a file of its own that is loaded only where WebAssembly is refused.
//
// It has to stay out of everybody's script, and to break nobody's bundler: most that find a literal
// `import("…")` put the file into a single script, or refuse to make one. Those that know files by
// `new URL("…", import.meta.url)` put it beside the script; the others leave it to the user. "no-inline" is
// for Vite, which would put it into the script of a library.

import { watched } from "./core.js";

/** Resolves with what the core exports, or rejects with what a developer has to do. */
export async function instantiateInstead(refusal) {
  try {
    const { instantiate } = await importFile(place());
    return await instantiate(watched);
  } catch (error) {
    throw new Error(
      `WebAssembly is refused here (${refusal}), and its replacement eventsource.core.js cannot be loaded (${error}). If a Content-Security-Policy refuses it, add 'wasm-unsafe-eval' to its script-src. Or do without WebAssembly: import from "eventsource-wasm/js", or serve eventsource.core.js from beside this script.`,
    );
  }
}

function place() {
  try {
    return new URL("./eventsource.core.js?no-inline", import.meta.url).href;
  } catch {
    // A script that is no module imports from its own place.
    return "./eventsource.core.js";
  }
}

/** Its parameter keeps the import from being a literal one. */
function importFile(file) {
  return import(file);
}
