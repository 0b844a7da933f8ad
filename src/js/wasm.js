// The core as WebAssembly.

import {
  __wbg_set_wasm,
  imports,
  Parser,
  start,
  Task,
} from "../../target/bindgen/eventsource_wasm_bg.js";
import { watched } from "./core.js";

/**
 * Resolves with the core's exports. `getWasm` returns a compiled module or its bytes, or a promise of either.
 * However WebAssembly cannot be had, the result is that of `instead`, which gets the error.
 */
export async function instantiate(getWasm, instead) {
  try {
    const wasm = globalThis.WebAssembly && (await getWasm());
    const result = await WebAssembly.instantiate(wasm, imports);
    __wbg_set_wasm(watched((result.instance ?? result).exports));
    start();
  } catch (refusal) {
    return instead(refusal);
  }
  return { Parser, Task };
}
