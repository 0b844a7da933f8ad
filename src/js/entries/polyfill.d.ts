/**
 * Replaces `globalThis.EventSource` by this package's class, even where there is a native one. Importing
 * the module alone sets it only where there is none.
 *
 * ```js
 * import { install } from "eventsource-wasm/polyfill";
 * install();
 * ```
 */
export declare function install(): void;
