// The EventSource interface: Web IDL's shape, private state and dispatch. It decides nothing about
// the stream or the connection: that is the core's, which reports through a sink.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { Batch } from "./batch.js";
import { loadCore } from "./core.js";
import { defineHandlers } from "./handlers.js";
import { convertInit, parseUrl, resolveUrl, withParameter } from "./init.js";
import { StreamMessageEvent } from "./message_event.js";
import { unwatch, watch } from "./realm_events.js";
import { StreamReader } from "./stream_reader.js";
import { queueSteps, readOn } from "./turns.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

/** In batches, which are made of at most 64 KiB each. */
const LONGEST_BACKLOG = 16;

export class EventSource extends EventTarget {
  /** Between fromReadableStream and the constructor that it calls. */
  static #nextReader;

  #url;
  #withCredentials;
  #readyState = CONNECTING;
  #origin = "";
  #lastEventId = "";
  #reconnectionTime = 3000;
  #handlers = Object.create(null);
  #isFetched = false;
  #backlog = 0;
  #caughtUp;
  #reader;
  #task;

  constructor(url, eventSourceInitDict = undefined) {
    if (arguments.length === 0) {
      throw new TypeError("EventSource: no URL given. Pass the URL of an event stream.");
    }
    super();
    this.#reader = EventSource.#nextReader;
    const usvString = `${url}`;
    const init = convertInit(eventSourceInitDict);
    this.#withCredentials = init.withCredentials;
    this.#url = resolveUrl(usvString);
    this.#start(init.lastEventIdParameter);
  }

  static fromReadableStream(stream) {
    EventSource.#nextReader = new StreamReader(stream);
    try {
      return new EventSource("about:event-stream");
    } finally {
      EventSource.#nextReader = undefined;
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
    return this.#lastEventId;
  }

  get reconnectionTime() {
    return this.#reconnectionTime;
  }

  close() {
    this.#close();
  }

  reset() {
    (this.#reader ?? this.#task)?.reset();
  }

  // A page may replace `close`; what follows a failure must not depend on it.
  #close() {
    this.#readyState = CLOSED;
    if (this.#task) {
      unwatch(this.#task);
      this.#task.close();
      this.#task = undefined;
    } else {
      this.#reader?.cancel();
    }
    this.#reader = undefined;
  }

  async #start(lastEventIdParameter) {
    try {
      const Task = await loadCore();
      if (this.#readyState === CLOSED) return;
      const sink = {
        announce: (url) => this.#announce(url),
        deliver: (text, table) => this.#deliver(text, table),
        read: readOn,
        reestablish: () => this.#reestablish(),
        retry: (time) => {
          this.#reconnectionTime = time;
        },
        fail: (reason) => this.#fail(reason),
      };
      const url = this.#url.href;
      const { origin } = globalThis;
      const urlWithId =
        lastEventIdParameter === undefined
          ? undefined
          : (base, id) => withParameter(base, lastEventIdParameter, id);
      this.#task = this.#reader
        ? Task.read(
            this.#reader.forCore(() => this.#task?.reset()),
            sink,
          )
        : Task.request(url, origin, this.#withCredentials, urlWithId, sink);
      watch(this.#task, () => this.#close());
    } catch (error) {
      this.#fail(error.message);
    }
  }

  #announce(url) {
    // Who makes a response may follow a chunk by the next however many promise jobs later.
    this.#isFetched = url !== "";
    this.#queue(() => {
      this.#origin = (parseUrl(url) ?? this.#url).origin;
      this.#readyState = OPEN;
      super.dispatchEvent(new Event("open"));
    });
  }

  /** Returns a promise where more than enough is waiting, fulfilled when nothing is. */
  #deliver(utf8, table) {
    let batch;
    try {
      batch = new Batch(utf8, table, this.#lastEventId);
    } catch (error) {
      this.#fail(`an event is longer than a string can be here. Send smaller events. (${error})`);
      return undefined;
    }
    // By the standard when the stream is interpreted, not when the events are dispatched: who pipes one
    // response after another asks for it as soon as the first is piped.
    this.#lastEventId = batch.finalLastEventId;
    this.#backlog++;
    const step = () => {
      if (this.#readyState === CLOSED) return false;
      this.#dispatchNext(batch);
      if (!batch.isOver) return true;
      if (--this.#backlog === 0) this.#caughtUp?.();
      return false;
    };
    queueSteps(step, this.#isFetched);
    if (this.#backlog < LONGEST_BACKLOG) return undefined;
    return new Promise((resolve) => {
      this.#caughtUp = resolve;
    });
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

  #reestablish() {
    return new Promise((resolve) => {
      this.#queue(() => {
        this.#readyState = CONNECTING;
        super.dispatchEvent(new Event("error"));
        resolve();
      });
    });
  }

  #queue(step) {
    const once = () => {
      if (this.#readyState !== CLOSED) step();
      return false;
    };
    queueSteps(once, false);
  }

  #fail(reason) {
    this.#queue(() => {
      this.#close();
      super.dispatchEvent(new Event("error"));
      // The last: a page's console may throw.
      if (reason) console.error(`EventSource: ${this.#url.href} failed: ${reason}`);
    });
  }

  static {
    // Minifiers rename classes.
    Object.defineProperty(this, "name", { value: "EventSource", configurable: true });
    Object.defineProperty(this.prototype, Symbol.toStringTag, {
      value: "EventSource",
      configurable: true,
    });
    Object.defineProperty(this, "fromReadableStream", { enumerable: true });
    for (const name of Object.getOwnPropertyNames(this.prototype)) {
      if (name !== "constructor") Object.defineProperty(this.prototype, name, { enumerable: true });
    }
    defineHandlers(this.prototype, ["open", "message", "error"], (source) => source.#handlers);
    for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
      for (const target of [this, this.prototype]) {
        Object.defineProperty(target, name, { value, enumerable: true });
      }
    }
  }
}
