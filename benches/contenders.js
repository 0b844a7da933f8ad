// What a user could choose. Each contender has the same `connect`: it connects to a URL, passes on the data
// of each event of a type, and returns a function that closes the connection. `isEventTarget` says that it
// dispatches DOM events.

import { fetchEventSource } from "@microsoft/fetch-event-source";
import { EventSourcePolyfill } from "event-source-polyfill";
import { EventSource as Package } from "eventsource";
import { EventSource as Ours } from "eventsource-wasm";

const nothing = () => {};

const eventSource = (Class, isEventTarget) => ({
  isEventTarget,
  connect(url, { type = "message", onData = nothing, onOpen = nothing }) {
    const source = new Class(url);
    source.addEventListener("open", onOpen);
    source.addEventListener(type, (event) => onData(event.data));
    return () => source.close();
  },
});

const fetchEvents = {
  isEventTarget: false,
  connect(url, { type = "message", onData = nothing, onOpen = nothing }) {
    const controller = new AbortController();
    fetchEventSource(url, {
      signal: controller.signal,
      openWhenHidden: true,
      onopen: async () => onOpen(),
      onmessage: (event) => {
        if ((event.event || "message") === type) onData(event.data);
      },
    });
    return () => controller.abort();
  },
};

/**
 * The floor: reads the same bytes, and does nothing with them. A cache would make that up to ten times as
 * slow.
 */
export async function readAll(url) {
  const reader = (await fetch(url, { cache: "no-store" })).body.getReader();
  for (;;) {
    const { done } = await reader.read();
    if (done) return;
  }
}

const isPage = Boolean(globalThis.document);
// Node's own class is undici's.
const own = isPage ? "native" : "undici";

export const OURS = "eventsource-wasm";
export const FLOOR = "fetch and read";

export const contenders = {
  [OURS]: eventSource(Ours, true),
  ...(globalThis.EventSource && { [own]: eventSource(globalThis.EventSource, true) }),
  "eventsource 5": eventSource(Package, true),
  ...(isPage && {
    "event-source-polyfill": eventSource(EventSourcePolyfill, false),
    "fetch-event-source": fetchEvents,
  }),
};
