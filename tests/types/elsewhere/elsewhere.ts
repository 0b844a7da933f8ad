// What `tsc` has to accept without the DOM's types: with no platform's types at all, with Node's, and with
// those of workers.

import { EventSource, type EventSourceMessage } from "eventsource-wasm";
import { EventSource as WithoutWasm } from "eventsource-wasm/js";
import { install } from "eventsource-wasm/polyfill";
import { initialise } from "eventsource-wasm/slim";

const source = new EventSource<{ price: EventSourceMessage }>("https://example.com/events");
source.onopen = (event) => event.type satisfies string;
source.onmessage = (event) => event.data satisfies string;
source.onerror = function (event) {
  event.preventDefault();
  this.readyState satisfies number;
  event.reason satisfies string;
  event.delay?.toFixed() satisfies string | undefined;
  event.response?.headers.get("Retry-After") satisfies string | null | undefined;
};
source.addEventListener("error", ({ message, code, attempt }) => {
  (message.length + (code ?? 0) + attempt) satisfies number;
});
source.addEventListener(
  "price",
  ({ data, lastEventId }) => [data, lastEventId] satisfies string[],
  {
    once: true,
  },
);
source.removeEventListener("other", { handleEvent: ({ origin }) => origin satisfies string });
source.close();

new WithoutWasm("https://example.com/events") satisfies EventSource;

class Reconnecting extends EventSource {}
new Reconnecting("https://example.com/events").url satisfies string;

initialise(new Uint8Array(8));
initialise(Promise.resolve("/eventsource.wasm"));
install();

// @ts-expect-error: a number is not a URL
new EventSource(1);
// @ts-expect-error: there is no such event
new EventSource<{ price: number }>("https://example.com/events");
// @ts-expect-error: it is a message
source.addEventListener("price", (event: { detail: string }) => event);
