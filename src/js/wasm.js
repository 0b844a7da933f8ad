// The core as WebAssembly.

import { __wbg_set_wasm, imports, Parser, Task } from "../../target/bindgen/eventsource_wasm_bg.js";
import { watched } from "./core.js";

/**
 * `getWasm` returns a compiled module or its bytes, or a promise of one. Where WebAssembly is missing or
 * refused, `instead` is asked for what the core exports.
 */
export async function instantiate(getWasm, instead) {
  const wasm = globalThis.WebAssembly && (await getWasm());
  try {
    const result = await WebAssembly.instantiate(wasm, { "": imports });
    const exports = watched((result.instance ?? result).exports);
    __wbg_set_wasm(exports);
    exports.__wbindgen_start();
  } catch (refusal) {
    return instead(refusal);
  }
  return { Parser, Task };
}
