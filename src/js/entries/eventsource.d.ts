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

/** The events that every {@link EventSource} fires, by type. All other types are `MessageEvent`s. */
export interface EventSourceEventMap {
  /** The connection is announced: `readyState` is `OPEN`. */
  open: Event;
  /** An event of the stream that names no type. */
  message: MessageEvent<string>;
  /**
   * The connection is lost. `readyState` tells: `CONNECTING`, it is being reestablished; `CLOSED`, it
   * has failed for good, and the console says why.
   */
  error: Event;
}

/**
 * Receives server-sent events, as the standard's own `EventSource` does.
 *
 * ```js
 * const source = new EventSource("/events");
 * source.onmessage = (event) => console.log(event.data, event.lastEventId);
 * source.addEventListener("price", (event) => console.log(JSON.parse(event.data)));
 * source.onerror = () => console.log(source.readyState);
 * ```
 *
 * [The EventSource interface](https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface)
 */
export declare class EventSource extends EventTarget {
  /** 0: the connection has not been announced yet, or is being reestablished. */
  static readonly CONNECTING: 0;
  /** 1: the connection is open, events are dispatched as they arrive. */
  static readonly OPEN: 1;
  /** 2: the connection has failed or `close()` was called; nothing follows. */
  static readonly CLOSED: 2;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;

  /**
   * Starts connecting.
   *
   * @param url The event stream's URL. A relative one is resolved against the document's base URL, in
   *   a worker against the worker's; Node, Deno and Bun need an absolute one.
   * @throws {DOMException} `SyntaxError`: the URL is not valid.
   * @throws {TypeError} The URL is missing, or the second argument is not an object.
   */
  constructor(url: string | URL, eventSourceInitDict?: EventSourceInit);

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
  static fromReadableStream(stream: ReadableStream<Uint8Array>): ProvisionalEventSource;

  /** The URL, serialised; redirects do not change it. */
  readonly url: string;
  /** As it was given to the constructor. */
  readonly withCredentials: boolean;
  /** `CONNECTING` (0), `OPEN` (1) or `CLOSED` (2). */
  readonly readyState: number;

  onopen: ((this: EventSource, ev: Event) => unknown) | null;
  onmessage: ((this: EventSource, ev: MessageEvent) => unknown) | null;
  onerror: ((this: EventSource, ev: Event) => unknown) | null;

  /** Aborts the connection, if there is one. No event is dispatched afterwards. */
  close(): void;

  addEventListener<K extends keyof EventSourceEventMap>(
    type: K,
    listener: (this: EventSource, ev: EventSourceEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: (this: EventSource, event: MessageEvent) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;

  removeEventListener<K extends keyof EventSourceEventMap>(
    type: K,
    listener: (this: EventSource, ev: EventSourceEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: (this: EventSource, event: MessageEvent) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * What every {@link EventSource} has, too, by whatwg/html pull request 12272, which no browser ships
 * yet. A type of its own, so that the standard's and ours remain assignable to each other.
 */
export interface ProvisionalEventSource extends EventSource {
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
