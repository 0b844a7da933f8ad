// The core as WebAssembly.

import { __wbg_set_wasm, imports, Task } from "../../target/bindgen/eventsource_wasm_bg.js";
import { requireGlobals } from "./core.js";

/** `getWasm` returns a compiled module or its bytes, or a promise of one. */
export async function instantiate(getWasm) {
  requireGlobals("WebAssembly");
  const wasm = await getWasm();
  try {
    const result = await WebAssembly.instantiate(wasm, { "": imports });
    const { exports } = result.instance ?? result;
    __wbg_set_wasm(exports);
    exports.__wbindgen_start();
  } catch (error) {
    throw new Error(
      `WebAssembly could not be compiled. If a Content-Security-Policy forbids it, add 'wasm-unsafe-eval' to its script-src. (${error})`,
    );
  }
  return Task;
}
