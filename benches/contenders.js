// What a user could pick, each behind the same call: receive all of `count` events of a type from a
// URL, and hand the data of each to a function. Those above the line dispatch DOM events.

import { fetchEventSource } from "@microsoft/fetch-event-source";
import { EventSourcePolyfill } from "event-source-polyfill";
import { EventSource as Package } from "eventsource";
import { EventSource as Ours } from "eventsource-wasm";

const eventSource = (Class) =>
  Class &&
  ((url, type, receive) => {
    const source = new Class(url);
    source.addEventListener(type, (event) => receive(event.data));
    return () => source.close();
  });

const contenders = {
  "eventsource-wasm": eventSource(Ours),
  native: eventSource(globalThis.EventSource),
  "eventsource 5": eventSource(Package),
  "event-source-polyfill": globalThis.document && eventSource(EventSourcePolyfill),
  "fetch-event-source":
    globalThis.document &&
    ((url, type, receive) => {
      const controller = new AbortController();
      fetchEventSource(url, {
        signal: controller.signal,
        openWhenHidden: true,
        onmessage: (event) => {
          if ((event.event || "message") === type) receive(event.data);
        },
      });
      return () => controller.abort();
    }),
};

/** Those that there are here. */
export default Object.fromEntries(Object.entries(contenders).filter(([, receive]) => receive));

/** The floor: the same bytes, read and left alone. */
export async function readOnly(url) {
  const reader = (await fetch(url)).body.getReader();
  for (;;) {
    const { done } = await reader.read();
    if (done) return;
  }
}
