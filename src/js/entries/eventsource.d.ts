/** The second argument of the {@link EventSource} constructor. */
export interface EventSourceInit {
  /**
   * Whether requests to another origin carry cookies and other credentials. Requests to the page's own
   * origin always do.
   *
   * @default false
   */
  withCredentials?: boolean | undefined;
  /**
   * The name of a query parameter that carries the last event ID when the source reconnects. Set it if
   * the server is of another origin and cannot answer the CORS preflight that the `Last-Event-ID`
   * header costs there. Not part of the standard.
   *
   * With `"lastEventId"`, a source of `/events` that has seen the ID 7 requests
   * `/events?lastEventId=7`.
   *
   * @default undefined: the ID is sent as the `Last-Event-ID` header
   */
  lastEventIdQueryParameterName?: string | undefined;
}

/** The events that every {@link EventSource} fires, by type. Every other type is a message. */
export interface EventSourceEventMap {
  /** The server has answered with an event stream. `readyState` is `OPEN` (1). */
  open: DomEvent;
  /** An event of the stream that has no type of its own. */
  message: EventSourceMessage;
  /**
   * The connection is lost. `readyState` says what follows: `CONNECTING` (0), the source reconnects by
   * itself; `CLOSED` (2), it has given up.
   */
  error: EventSourceErrorEvent;
}

/** An event of the stream: a `MessageEvent` whose data is a string. */
export interface EventSourceMessage extends DomMessageEvent {
  readonly data: string;
}

/**
 * An `error` event. It is a plain `Event`; the properties below are this package's own and not part of
 * the standard.
 *
 * ```ts
 * source.onerror = ({ reason, message, delay }) => {
 *   if (delay === undefined) console.log(`Closed (${reason}): ${message}`);
 *   else console.log(`Reconnecting in ${delay / 1000} s`);
 * };
 * ```
 *
 * A server may name an event of its stream `error`, too. That one is a `MessageEvent` without these
 * properties.
 */
export interface EventSourceErrorEvent extends DomEvent {
  /**
   * What went wrong:
   *
   * - `"network"`: the request failed, or the connection broke.
   * - `"end"`: the server ended the response.
   * - `"status"`: the response's status was not 200. See `code`.
   * - `"type"`: the response's Content-Type was not `text/event-stream`.
   * - `"policy"`: CORS, the page's Content-Security-Policy or the URL itself rules the request out.
   * - `"size"`: an event was longer than 512 MiB or than a string can be.
   * - `"init"`: the package's core could not be loaded, or the request could not be prepared.
   */
  readonly reason: "network" | "status" | "type" | "end" | "policy" | "size" | "init";
  /**
   * What was wrong and what to do about it, in English: the text that the console shows when the source
   * gives up.
   */
  readonly message: string;
  /** The response's status, for instance 503. Only if the response was refused. */
  readonly code?: number;
  /**
   * The refused response, with its headers and a body to read. Only if `reason` is `"status"` or
   * `"type"`. Begin to read the body in the listener: a response that no listener has taken is
   * cancelled after the event.
   *
   * ```ts
   * source.onerror = async ({ response }) => console.log(await response?.text());
   * ```
   */
  readonly response?: DomResponse;
  /** What `fetch` threw, for instance a `TypeError`. Only if it threw. */
  readonly error?: unknown;
  /** How many times in a row the connection has failed, this time included: 1, 2, … */
  readonly attempt: number;
  /** The time until the next request, in milliseconds, for instance 3000. Missing: there is none. */
  readonly delay?: number;
}

/**
 * Receives server-sent events, like the browser's own `EventSource`.
 *
 * ```ts
 * const source = new EventSource<{ price: MessageEvent<string> }>("/events");
 * source.onmessage = (event) => console.log(event.data, event.lastEventId);
 * source.addEventListener("price", (event) => console.log(JSON.parse(event.data)));
 * source.onerror = ({ reason, delay }) => console.log(reason, delay);
 * ```
 *
 * `Events` lists the event types that the stream uses. Listeners for other types are allowed, too.
 *
 * [The EventSource interface](https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface)
 */
export interface EventSource<Events extends EventsByType<Events> = object> extends DomEventTarget {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;

  /** The absolute URL that was passed to the constructor. Redirects do not change it. */
  readonly url: string;
  /** Whether the option `withCredentials` was set. */
  readonly withCredentials: boolean;
  /** `CONNECTING` (0), `OPEN` (1) or `CLOSED` (2). */
  readonly readyState: number;

  onopen: Handler<EventSource<Events>, EventSourceEventMap["open"]>;
  onmessage: Handler<EventSource<Events>, MessageOf<Events>>;
  // Two types, so that this class and the DOM's own remain assignable to each other: a handler is given
  // more than it may ask for there.
  get onerror(): Handler<EventSource<Events>, DomEvent>;
  set onerror(handler: Handler<EventSource<Events>, EventSourceEventMap["error"]>);

  /** Ends the connection for good. No event follows, not even `error`. */
  close(): void;

  addEventListener<Type extends keyof EventMap<Events>>(
    type: Type,
    listener: Listener<EventSource<Events>, EventMap<Events>[Type]> | null,
    options?: boolean | AddListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: Listener<EventSource<Events>, EventSourceMessage> | null,
    options?: boolean | AddListenerOptions,
  ): void;

  removeEventListener<Type extends keyof EventMap<Events>>(
    type: Type,
    listener: Listener<EventSource<Events>, EventMap<Events>[Type]> | null,
    options?: boolean | ListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: Listener<EventSource<Events>, EventSourceMessage> | null,
    options?: boolean | ListenerOptions,
  ): void;
}

export declare const EventSource: {
  readonly prototype: EventSource;
  /** 0: no response yet, or waiting to reconnect. */
  readonly CONNECTING: 0;
  /** 1: the server has answered; events are dispatched as they arrive. */
  readonly OPEN: 1;
  /** 2: closed by `close()` or by a failure. No event follows. */
  readonly CLOSED: 2;

  /**
   * Starts to connect.
   *
   * @param url The URL of the event stream. A page resolves a relative URL against the document's base
   *   URL, a worker against its own. Node, Deno and Bun need an absolute URL.
   * @throws {DOMException} `SyntaxError`: the URL is not valid.
   * @throws {TypeError} The URL is missing, or the second argument is not an object.
   */
  new <Events extends EventsByType<Events> = object>(
    url: string | DomURL,
    eventSourceInitDict?: EventSourceInit,
  ): EventSource<Events>;

  /**
   * Makes an EventSource of a stream of bytes, for instance a response's body. It never reconnects: at
   * the end of the stream it fires `error` with `readyState` 2.
   *
   * It does not see the response, so check that first:
   *
   * ```ts
   * const response = await fetch("/ask", { method: "POST", body: "…" });
   * const type = response.headers.get("Content-Type") ?? "";
   * if (!response.ok || !response.body || !/^text\/event-stream\b/i.test(type)) {
   *   throw new Error(`No event stream: ${response.status} ${type}`);
   * }
   * const source = EventSource.fromReadableStream(response.body);
   * ```
   *
   * Provisional: it follows whatwg/html pull request 12272, which is not yet part of the standard.
   *
   * @param stream A stream of `Uint8Array`s. The EventSource locks it at once.
   * @throws {TypeError} The argument is not a ReadableStream, or it is locked already.
   */
  fromReadableStream<Events extends EventsByType<Events> = object>(
    stream: DomReadableStream,
  ): ProvisionalEventSource<Events>;
};

/**
 * The members that whatwg/html pull request 12272 adds. Every {@link EventSource} of this package has
 * them. They have a type of their own because the DOM's `EventSource` lacks them and could otherwise not
 * be assigned to ours.
 */
export interface ProvisionalEventSource<Events extends EventsByType<Events> = object>
  extends EventSource<Events> {
  /** The last event ID that the stream has set; empty at first. */
  readonly lastEventId: string;
  /** The time to wait before a reconnection, in milliseconds: 3000 until the stream sets another. */
  readonly reconnectionTime: number;

  /**
   * Drops an unfinished line, event or character, so that another response can follow in the same
   * stream. `lastEventId` and `reconnectionTime` remain.
   */
  reset(): void;
}

type EventsByType<Events> = { [Type in keyof Events]: DomEvent };
/** The type of `message` events may be narrowed, too. */
type MessageOf<Events> = Events extends { message: infer Type } ? Type : EventSourceMessage;
type EventMap<Events> = Omit<EventSourceEventMap, keyof Events> & Events;

type Handler<This, Ev> = ((this: This, event: Ev) => unknown) | null;
type Listener<This, Ev> =
  | ((this: This, event: Ev) => unknown)
  | { handleEvent(event: Ev): unknown };

interface ListenerOptions {
  capture?: boolean;
}
interface AddListenerOptions extends ListenerOptions {
  once?: boolean;
  passive?: boolean;
  signal?: DomAbortSignal;
}

// The platform's own types, where lib.dom, lib.webworker or Node's types declare them. Elsewhere, the
// part of them that is used here.

type Global<Name extends string, Else> = typeof globalThis extends {
  [name in Name]: { prototype: infer Type };
}
  ? Type
  : Else;

interface EventElsewhere {
  readonly type: string;
  readonly target: unknown;
  readonly currentTarget: unknown;
  readonly defaultPrevented: boolean;
  readonly timeStamp: number;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}
interface MessageEventElsewhere extends EventElsewhere {
  readonly data: unknown;
  readonly origin: string;
  readonly lastEventId: string;
}
interface EventTargetElsewhere {
  dispatchEvent(event: EventElsewhere): boolean;
}
interface ResponseElsewhere {
  readonly status: number;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  text(): Promise<string>;
}

type DomEvent = Global<"Event", EventElsewhere>;
type DomMessageEvent = Global<"MessageEvent", MessageEventElsewhere>;
type DomEventTarget = Global<"EventTarget", EventTargetElsewhere>;
type DomAbortSignal = Global<"AbortSignal", object>;
type DomResponse = Global<"Response", ResponseElsewhere>;
type DomReadableStream = Global<"ReadableStream", object>;
type DomURL = Global<"URL", { readonly href: string }>;
