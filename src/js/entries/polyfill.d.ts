/**
 * Importing this module installs `globalThis.EventSource` where there is none. This function installs
 * it over the native one too.
 *
 * ```js
 * import { install } from "eventsource-wasm/polyfill";
 * install();
 * ```
 */
export declare function install(): void;
