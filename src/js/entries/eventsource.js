// The package's default entry, which carries its WebAssembly: nothing to configure, nothing to fetch.

import deflated from "../../../target/bindgen/core.wasm";
import { requireGlobals, setLoader } from "../core.js";
import { instantiate } from "../wasm.js";

export { EventSource } from "../eventsource.js";

setLoader(() => instantiate(inflate));

function inflate() {
  requireGlobals("DecompressionStream");
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const { body } = new Response(bytes);
  return new Response(body.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}
