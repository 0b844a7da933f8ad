// Importing this installs `globalThis.EventSource` where there is none.

import { EventSource } from "./eventsource.js";

/** Installs the class as `globalThis.EventSource`, over the native one too. */
export function install() {
  Object.defineProperty(globalThis, "EventSource", {
    value: EventSource,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

if (typeof globalThis.EventSource === "undefined") install();
