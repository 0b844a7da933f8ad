// What `tsc` has to accept, and what it has to refuse, beside the DOM's own types.

import { EventSource as Ours, type ProvisionalEventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";

const ours = new Ours("/events", { withCredentials: true });

const asNative: EventSource = ours;
const nativeAsOurs: Ours = new EventSource("/events");
const asNativeClass: typeof EventSource = Ours;
new Ours(new URL("https://example.com/events"));

ours.onopen = (event) => event satisfies Event;
ours.onmessage = (event) => event.lastEventId satisfies string;
ours.onmessage = function () {
  this.readyState satisfies number;
};
ours.onerror = null;
ours.addEventListener("open", (event) => event satisfies Event);
ours.addEventListener("message", (event) => event.data satisfies string);
ours.addEventListener("price", (event) => event satisfies MessageEvent);
ours.addEventListener("price", { handleEvent() {} }, { once: true });
ours.removeEventListener("price", () => {});
ours.readyState === Ours.CLOSED;
Ours.CONNECTING satisfies 0;
install();

// @ts-expect-error: a URL is required
new Ours();
// @ts-expect-error: a string is no dictionary
new Ours("/events", "withCredentials");
// @ts-expect-error: readonly
ours.url = "/other";
// @ts-expect-error: no such handler
ours.onclose = null;
// @ts-expect-error: a class, not a function
Ours("/events");

new Ours("/events", { lastEventIdQueryParameterName: "lastEventId" });
const provisional: Ours = Ours.fromReadableStream(new ReadableStream<Uint8Array>());
const { lastEventId, reconnectionTime, reset } = provisional as ProvisionalEventSource;
lastEventId satisfies string;
reconnectionTime satisfies number;
reset();

export { asNative, asNativeClass, nativeAsOurs };
