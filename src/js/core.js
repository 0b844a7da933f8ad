// The WebAssembly core: compiled asynchronously, once per realm, when the first EventSource is made.

import deflated from "../../target/bindgen/core.wasm";
import { __wbg_set_wasm, imports, Task } from "../../target/bindgen/eventsource_wasm_bg.js";

let loading;

/** The core's `Task` class. Rejects with an error whose message tells a developer what to allow. */
export async function loadCore() {
  for (const name of ["WebAssembly", "fetch", "TextDecoder", "DecompressionStream"]) {
    if (typeof globalThis[name] === "undefined") {
      throw new Error(`there is no ${name} here, which eventsource-wasm needs. Define it first.`);
    }
  }
  loading ??= compile().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function compile() {
  const wasm = await inflate(deflated);
  try {
    const { instance } = await WebAssembly.instantiate(wasm, { "": imports });
    __wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  } catch (error) {
    throw new Error(
      `WebAssembly could not be compiled. If a Content-Security-Policy forbids it, add 'wasm-unsafe-eval' to its script-src. (${error})`,
    );
  }
  return Task;
}

function inflate(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
