// The core as WebAssembly.

import { __wbg_set_wasm, imports, Task } from "../../target/bindgen/eventsource_wasm_bg.js";

/**
 * `getWasm` returns a compiled module or its bytes, or a promise of one. Where WebAssembly is missing or
 * refused, `instead` is asked for the `Task` class.
 */
export async function instantiate(getWasm, instead) {
  const wasm = globalThis.WebAssembly && (await getWasm());
  try {
    const result = await WebAssembly.instantiate(wasm, { "": imports });
    const { exports } = result.instance ?? result;
    __wbg_set_wasm(exports);
    exports.__wbindgen_start();
  } catch (refusal) {
    return instead(refusal);
  }
  return Task;
}
