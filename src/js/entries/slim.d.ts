export * from "./eventsource.js";

/**
 * Says where this entry gets its WebAssembly, `eventsource-wasm/eventsource.wasm`: a compiled module,
 * its bytes, a response or a request, a URL, or a promise of any of these. Nothing is loaded before
 * the first EventSource is made.
 *
 * ```js
 * import { EventSource, initialise } from "eventsource-wasm/slim";
 * initialise("/assets/eventsource.wasm");
 * ```
 */
export declare function initialise(wasm: string | object): void;
