export * from "./eventsource.js";

/**
 * Says where to get the WebAssembly, the package's `eventsource-wasm/eventsource.wasm`. Call it before you
 * make the first EventSource; nothing is loaded earlier than that.
 *
 * ```js
 * import { EventSource, initialise } from "eventsource-wasm/slim";
 * initialise("/assets/eventsource.wasm");
 * ```
 *
 * @param wasm A URL, a `Request`, a `Response`, bytes, a `WebAssembly.Module`, or a promise of one of these.
 */
export declare function initialise(wasm: string | object): void;
