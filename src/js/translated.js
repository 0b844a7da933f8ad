// The core as JavaScript: the same WebAssembly, translated by binaryen's wasm2js.

import { asmFunc } from "../../target/bindgen-js/core.js";
import { __wbg_set_wasm, imports, Task } from "../../target/bindgen-js/eventsource_wasm_bg.js";

export async function instantiate() {
  __wbg_set_wasm(asmFunc({ "": imports }));
  return Task;
}
