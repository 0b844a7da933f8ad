// The polyfill: importing it installs `globalThis.EventSource` if there is none.

import { EventSource } from "./eventsource.js";

/** Installs the class as `globalThis.EventSource`, even in place of a native one. */
export function install() {
  Object.defineProperty(globalThis, "EventSource", {
    value: EventSource,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

if (typeof globalThis.EventSource === "undefined") install();
