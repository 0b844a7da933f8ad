/** Initialises an {@link EventSource}. */
export interface EventSourceInit {
  /**
   * Whether cookies and other credentials go to another origin too. To the page's own origin they
   * always go.
   *
   * @default false
   */
  withCredentials?: boolean;
  /**
   * Sends the last event ID as this query parameter of the URL instead of as the `Last-Event-ID`
   * header, which costs a CORS preflight when the URL is of another origin.
   *
   * @default undefined
   */
  lastEventIdQueryParameterName?: string | undefined;
}

/** The events that every {@link EventSource} fires, by type. All other types are messages, too. */
export interface EventSourceEventMap {
  /** The connection is announced: `readyState` is `OPEN`. */
  open: DomEvent;
  /** An event of the stream that names no type. */
  message: EventSourceMessage;
  /**
   * The connection is lost. `readyState` tells: `CONNECTING`, it is being reestablished; `CLOSED`, it
   * has failed for good, and the console says why.
   */
  error: DomEvent;
}

/** An event of the stream: a `MessageEvent` whose data is a string. */
export interface EventSourceMessage extends DomMessageEvent {
  readonly data: string;
}

/**
 * Receives server-sent events, as the standard's own `EventSource` does.
 *
 * ```ts
 * const source = new EventSource<{ price: MessageEvent<string> }>("/events");
 * source.onmessage = (event) => console.log(event.data, event.lastEventId);
 * source.addEventListener("price", (event) => console.log(JSON.parse(event.data)));
 * source.onerror = () => console.log(source.readyState);
 * ```
 *
 * `Events` are the event types that the stream names. Others can be listened to as well.
 *
 * [The EventSource interface](https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface)
 */
export interface EventSource<Events extends EventsByType<Events> = object> extends DomEventTarget {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;

  /** The URL, serialised; redirects do not change it. */
  readonly url: string;
  /** As it was given to the constructor. */
  readonly withCredentials: boolean;
  /** `CONNECTING` (0), `OPEN` (1) or `CLOSED` (2). */
  readonly readyState: number;

  onopen: Handler<EventSource<Events>, EventSourceEventMap["open"]>;
  onmessage: Handler<EventSource<Events>, MessageOf<Events>>;
  onerror: Handler<EventSource<Events>, EventSourceEventMap["error"]>;

  /** Aborts the connection, if there is one. No event is dispatched afterwards. */
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
  /** 0: the connection has not been announced yet, or is being reestablished. */
  readonly CONNECTING: 0;
  /** 1: the connection is open, events are dispatched as they arrive. */
  readonly OPEN: 1;
  /** 2: the connection has failed or `close()` was called; nothing follows. */
  readonly CLOSED: 2;

  /**
   * Starts connecting.
   *
   * @param url The event stream's URL. A relative one is resolved against the document's base URL, in
   *   a worker against the worker's; Node, Deno and Bun need an absolute one.
   * @throws {DOMException} `SyntaxError`: the URL is not valid.
   * @throws {TypeError} The URL is missing, or the second argument is not an object.
   */
  new <Events extends EventsByType<Events> = object>(
    url: string | DomURL,
    eventSourceInitDict?: EventSourceInit,
  ): EventSource<Events>;

  /**
   * An EventSource that reads from a stream, for instance a response's body, and never reconnects: at
   * the end of the stream it fires `error` with `readyState` 2.
   *
   * Provisional: it follows whatwg/html pull request 12272, which no browser ships yet.
   *
   * ```js
   * const { body } = await fetch("/events", { method: "POST" });
   * const source = EventSource.fromReadableStream(body);
   * ```
   *
   * @param stream It has to give bytes (`Uint8Array`). It is locked from now on.
   * @throws {TypeError} It is no ReadableStream, or a locked one.
   */
  fromReadableStream<Events extends EventsByType<Events> = object>(
    stream: DomReadableStream,
  ): ProvisionalEventSource<Events>;
};

/**
 * What every {@link EventSource} has, too, by whatwg/html pull request 12272, which no browser ships
 * yet. A type of its own, so that the standard's and ours remain assignable to each other.
 */
export interface ProvisionalEventSource<Events extends EventsByType<Events> = object>
  extends EventSource<Events> {
  /**
   * The last event ID string, initially empty.
   */
  readonly lastEventId: string;
  /**
   * How long to wait before reconnecting, in milliseconds: 3000 until the stream sets it, to 0 or
   * more.
   */
  readonly reconnectionTime: number;

  /**
   * Forgets what is incomplete (a line, an event, a character), so that another response can follow
   * in the same stream. `lastEventId` and `reconnectionTime` remain.
   */
  reset(): void;
}

type EventsByType<Events> = { [Type in keyof Events]: DomEvent };
/** A stream whose messages are of one form only can say so. */
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

// The platform's own types where they are declared, by lib.dom, lib.webworker or Node's types; else
// what is used of them.

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

type DomEvent = Global<"Event", EventElsewhere>;
type DomMessageEvent = Global<"MessageEvent", MessageEventElsewhere>;
type DomEventTarget = Global<"EventTarget", EventTargetElsewhere>;
type DomAbortSignal = Global<"AbortSignal", object>;
type DomReadableStream = Global<"ReadableStream", object>;
type DomURL = Global<"URL", { readonly href: string }>;
