// Loads the core as JavaScript, from a separate file, only where WebAssembly is refused.
//
// The file must neither end up in everybody's script nor break anybody's bundler. When most bundlers find a
// literal `import("…")`, they put the file into a single script, or refuse to make one. So `new URL("…",
// import.meta.url)` names the file: bundlers that know this form put the file next to the script, and others
// leave that to the user. "no-inline" keeps Vite from putting it into the script of a library.

import { watched } from "./core.js";

/** Resolves with the core's exports, or rejects with an error that tells developers what to do. */
export async function instantiateInstead(refusal) {
  try {
    const { instantiate } = await importFile(place());
    return await instantiate(watched);
  } catch (error) {
    throw new Error(
      `WebAssembly is refused here (${refusal}), and its replacement eventsource.core.js cannot be loaded (${error}). If a Content-Security-Policy refuses it, add 'wasm-unsafe-eval' to its script-src. Or do without WebAssembly: import from "eventsource-wasm/js", or serve eventsource.core.js next to this script.`,
    );
  }
}

function place() {
  try {
    return new URL("./eventsource.core.js?no-inline", import.meta.url).href;
  } catch {
    // A script that is not a module has no import.meta.url. It imports relative to its own place anyway.
    return "./eventsource.core.js";
  }
}

/** The parameter keeps the import from being a literal one. */
function importFile(file) {
  return import(file);
}
