// The EventSource class: its shape as Web IDL says, its private state, and the dispatch of events. It is the
// receiver of its connection, and decides nothing about the connection or the stream.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { Connection } from "./connection.js";
import { captureContext } from "./context.js";
import { errorEvent } from "./error_event.js";
import { defineHandlers } from "./handlers.js";
import { convertInit, parseUrl, resolveUrl } from "./init.js";
import { StreamMessageEvent } from "./message_event.js";
import { RequestSource, StreamSource } from "./source.js";
import { Turns } from "./turns.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

export class EventSource extends EventTarget {
  /** Passes the stream from fromReadableStream to the constructor that it calls. */
  static #givenSource;

  #url;
  #withCredentials;
  #readyState = CONNECTING;
  #origin = "";
  #handlers = Object.create(null);
  #turns;
  #isFetched = false;
  #connection;

  constructor(url, eventSourceInitDict = undefined) {
    if (arguments.length === 0) {
      throw new TypeError("EventSource: no URL given. Pass the URL of an event stream.");
    }
    super();
    const given = EventSource.#givenSource;
    const usvString = `${url}`;
    const init = convertInit(eventSourceInitDict);
    this.#withCredentials = init.withCredentials;
    this.#url = resolveUrl(usvString);
    const inContext = captureContext();
    this.#turns = new Turns(inContext);
    const source = given ?? new RequestSource(this.#url.href, init, inContext);
    this.#connection = new Connection(source, this.#receiver());
  }

  static fromReadableStream(stream) {
    EventSource.#givenSource = new StreamSource(stream);
    try {
      return new EventSource(EventSource.#givenSource.url);
    } finally {
      EventSource.#givenSource = undefined;
    }
  }

  get url() {
    return this.#url.href;
  }

  get withCredentials() {
    return this.#withCredentials;
  }

  get readyState() {
    return this.#readyState;
  }

  get lastEventId() {
    return this.#connection.lastEventId;
  }

  get reconnectionTime() {
    return this.#connection.reconnectionTime;
  }

  close() {
    this.#close();
  }

  reset() {
    this.#connection.reset();
  }

  // A failure calls this instead of `close`, because a page may replace that.
  #close() {
    this.#readyState = CLOSED;
    this.#connection.close();
  }

  #receiver() {
    return {
      announce: (url) => this.#announce(url),
      deliver: (batch, done) => this.#deliver(batch, done),
      read: () => this.#turns.readOn(),
      lose: (failure, told) => this.#lose(failure, told),
      close: () => this.#close(),
    };
  }

  #announce(url) {
    // A script that makes a response may enqueue the next chunk any number of promise jobs after the last one.
    // Only the chunks of a fetched response are known to come in tasks of the platform's own.
    this.#isFetched = url !== "";
    this.#queue(() => {
      this.#origin = (parseUrl(url) ?? this.#url).origin;
      this.#readyState = OPEN;
      super.dispatchEvent(new Event("open"));
    });
  }

  #deliver(batch, done) {
    const step = () => {
      if (this.#readyState === CLOSED) return false;
      this.#dispatchNext(batch);
      if (!batch.isOver) return true;
      done();
      return false;
    };
    this.#turns.queue(step, this.#isFetched);
  }

  #dispatchNext(batch) {
    while (batch.next()) {
      if (batch.data === undefined) continue;
      const { type, data, lastEventId } = batch;
      const event = new StreamMessageEvent(type, data, this.#origin, lastEventId);
      super.dispatchEvent(event);
      return;
    }
  }

  #lose(failure, told) {
    let isTaken = false;
    const take = () => {
      isTaken = true;
    };
    const step = () => {
      try {
        if (this.#readyState !== CLOSED) this.#dispatchError(failure, take);
      } finally {
        told?.(isTaken);
      }
      return false;
    };
    this.#turns.queue(step, false);
  }

  #dispatchError(failure, take) {
    const isOver = failure.delay === undefined;
    if (isOver) this.#close();
    else this.#readyState = CONNECTING;
    super.dispatchEvent(errorEvent(failure, take));
    // This comes last because a page's console may throw.
    if (isOver && !failure.isSilent) {
      console.error(`EventSource: ${this.#url.href} failed: ${failure.message}`);
    }
  }

  #queue(step) {
    const once = () => {
      if (this.#readyState !== CLOSED) step();
      return false;
    };
    this.#turns.queue(once, false);
  }

  // Chromium before 94 and Safari before 16.4 cannot parse a static block.
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: it runs for what it defines
  static #isDefined = defineInterface(EventSource, (source) => source.#handlers);
}

/** What a class body cannot say of the class. */
function defineInterface(Class, handlersOf) {
  const { prototype } = Class;
  // Minifiers rename classes.
  Object.defineProperty(Class, "name", { value: "EventSource", configurable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, {
    value: "EventSource",
    configurable: true,
  });
  Object.defineProperty(Class, "fromReadableStream", { enumerable: true });
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== "constructor") Object.defineProperty(prototype, name, { enumerable: true });
  }
  defineHandlers(prototype, ["open", "message", "error"], handlersOf);
  for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
    for (const target of [Class, prototype]) {
      Object.defineProperty(target, name, { value, enumerable: true });
    }
  }
  return true;
}
