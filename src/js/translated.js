// The core as JavaScript: the same WebAssembly, translated by binaryen's wasm2js.

import { asmFunc } from "../../target/bindgen-js/core.js";
import {
  __wbg_set_wasm,
  imports,
  Parser,
  Task,
} from "../../target/bindgen-js/eventsource_wasm_bg.js";

/** `watched` is the one of the script that this is loaded into. */
export async function instantiate(watched) {
  __wbg_set_wasm(watched(asmFunc(imports)));
  return { Parser, Task };
}
