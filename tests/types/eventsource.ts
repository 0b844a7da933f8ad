// What `tsc` has to accept, and what it has to refuse, together with the DOM's types.

import {
  type EventSourceErrorEvent,
  EventSource as Ours,
  type ProvisionalEventSource,
} from "eventsource-wasm";
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
ours.onerror = (event: Event) => event.type;
ours.onerror = () => {};
ours.onerror = (event) => {
  event satisfies Event & EventSourceErrorEvent;
  event.reason satisfies "network" | "status" | "type" | "end" | "policy" | "size" | "init";
  event.message satisfies string;
  event.attempt satisfies number;
  event.code satisfies number | undefined;
  event.delay satisfies number | undefined;
  event.response satisfies Response | undefined;
  event.error satisfies unknown;
  if (event.reason === "status") event.response?.headers.get("Retry-After") satisfies unknown;
};
ours.onerror = function (event) {
  this.readyState satisfies number;
  event.message satisfies string;
};
ours.onerror?.(new Event("error"));
ours.addEventListener("error", (event: Event) => event.type);
ours.addEventListener("error", ({ reason, delay = 0 }) => [reason, delay.toFixed()]);
const listener: EventListener = (event) => event.type;
ours.addEventListener("error", listener);
ours.removeEventListener("error", listener);
function watch(source: EventSource) {
  source.onerror = (event) => event satisfies Event;
  source.addEventListener("error", (event) => event satisfies Event);
}
watch(ours);
ours.addEventListener("open", (event) => event satisfies Event);
ours.addEventListener("message", (event) => event.data satisfies string);
ours.addEventListener("price", (event) => event satisfies MessageEvent);
ours.addEventListener("price", { handleEvent() {} }, { once: true });
ours.removeEventListener("price", () => {});
ours.readyState === Ours.CLOSED;
Ours.CONNECTING satisfies 0;
install();

// @ts-expect-error: there is no such reason
ours.onerror = ({ reason }) => reason === "idle";
// @ts-expect-error: there may be no delay
ours.onerror = ({ delay }) => delay.toFixed();
// @ts-expect-error: readonly
ours.onerror = (event) => (event.reason = "end");
// @ts-expect-error: an error is not a message
ours.onerror = ({ data }) => data;
// @ts-expect-error: a URL is required
new Ours();
// @ts-expect-error: a string is not a dictionary
new Ours("/events", "withCredentials");
// @ts-expect-error: readonly
ours.url = "/other";
// @ts-expect-error: there is no such handler
ours.onclose = null;
// @ts-expect-error: it is a class, not a function
Ours("/events");

const typed = new Ours<{ price: MessageEvent<string>; news: MessageEvent }>("/events");
typed.addEventListener("price", (event) => event satisfies MessageEvent<string>);
typed.addEventListener("price", function (event) {
  this satisfies Ours;
  event.data.length satisfies number;
});
typed.addEventListener("message", (event) => event.data satisfies string);
typed.addEventListener("open", (event) => event satisfies Event);
typed.addEventListener("other", (event) => event.data satisfies string);
const typedAsNative: EventSource = typed;
const typedAsOurs: Ours = typed;
const oursAsTyped: typeof typed = ours;
const nativeAsTyped: typeof typed = new EventSource("/events");
new Ours<{ message: MessageEvent<"a" | "b"> }>("/events").onmessage = ({ data }) =>
  data satisfies "a" | "b";
class Prices extends Ours<{ price: MessageEvent<string> }> {
  override close() {
    super.close();
  }
}
new Prices("/events").addEventListener("price", (event) => event.data satisfies string);
function takesAny(source: EventTarget | EventSource) {
  return source;
}
takesAny(typed);

// @ts-expect-error: its data is a string
typed.addEventListener("price", (event: MessageEvent<number>) => event.data.toFixed());
// @ts-expect-error: there is no such event
new Ours<{ price: string }>("/events");

typed.onerror = ({ reason }) => reason satisfies string;
typed.addEventListener("error", ({ attempt }) => attempt satisfies number);
new Ours<{ error: MessageEvent<string> }>("/events").addEventListener(
  "error",
  ({ data }) => data satisfies string,
);

new Ours("/events", { withCredentials: undefined, lastEventIdQueryParameterName: undefined });
new Ours("/events", { lastEventIdQueryParameterName: "lastEventId" });
const provisional: Ours = Ours.fromReadableStream(new ReadableStream<Uint8Array>());
const { lastEventId, reconnectionTime, reset } = provisional as ProvisionalEventSource;
lastEventId satisfies string;
reconnectionTime satisfies number;
reset();

async function ask(question: string) {
  const response = await fetch("/ask", { method: "POST", body: question });
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok || !response.body || !/^text\/event-stream\b/i.test(type)) {
    throw new Error(`No event stream: ${response.status} ${type}`);
  }
  return Ours.fromReadableStream(response.body);
}

export {
  ask,
  asNative,
  asNativeClass,
  nativeAsOurs,
  nativeAsTyped,
  oursAsTyped,
  typedAsNative,
  typedAsOurs,
};
