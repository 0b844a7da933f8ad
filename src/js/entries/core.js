// The core alone, as JavaScript. The other entries load it where WebAssembly is refused.

export { instantiate } from "../translated.js";
