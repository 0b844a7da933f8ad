// The core as JavaScript: the same WebAssembly, translated by binaryen's wasm2js.

import { asmFunc } from "../../target/bindgen-js/core.js";
import {
  __wbg_set_wasm,
  imports,
  Parser,
  Task,
} from "../../target/bindgen-js/eventsource_wasm_bg.js";

/** `watched` is a parameter because it has to be the function of the script that loads this file. */
export async function instantiate(watched) {
  __wbg_set_wasm(watched(asmFunc(imports)));
  return { Parser, Task };
}
