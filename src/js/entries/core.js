// The core alone, as JavaScript, for the other entries to load where WebAssembly is refused.

export { instantiate } from "../translated.js";
