// The entry for runtimes that forbid compiling bytes, and import a `.wasm` file as a compiled module.

import { setLoader } from "../core.js";
import { instantiate } from "../wasm.js";
import wasm from "./eventsource.wasm";

export { EventSource } from "../eventsource.js";

setLoader(() => instantiate(() => wasm, refuse));

function refuse(error) {
  throw new Error(
    `eventsource.wasm cannot be instantiated (${error}). Upload it together with the script.`,
  );
}
