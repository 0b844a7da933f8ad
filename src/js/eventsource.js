// The EventSource interface: Web IDL's shape, private state, handlers and dispatch. It decides
// nothing about the stream or the connection: that is the core's, which reports through a sink.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { loadCore } from "./core.js";
import { StreamMessageEvent } from "./message_event.js";
import { queueSteps } from "./turns.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

/** In batches, which are made of at most 64 KiB each. */
const LONGEST_BACKLOG = 16;

let decoder;

export class EventSource extends EventTarget {
  #url;
  #withCredentials;
  #readyState = CONNECTING;
  #origin = "";
  #lastEventId = "";
  #handlers = Object.create(null);
  #backlog = 0;
  #caughtUp;
  #task;

  constructor(url, eventSourceInitDict = undefined) {
    if (arguments.length === 0) {
      throw new TypeError("EventSource: no URL given. Pass the URL of an event stream.");
    }
    super();
    const usvString = `${url}`;
    this.#withCredentials = withCredentials(eventSourceInitDict);
    this.#url = parseUrl(usvString);
    this.#connect();
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

  close() {
    this.#close();
  }

  // A page may replace `close`; what follows a failure must not depend on it.
  #close() {
    this.#readyState = CLOSED;
    this.#task?.close();
    this.#task = undefined;
  }

  async #connect() {
    let Task;
    try {
      Task = await loadCore();
    } catch (error) {
      this.#fail(error.message);
      return;
    }
    if (this.#readyState === CLOSED) return;
    this.#task = new Task(this.#url.href, this.#withCredentials, {
      announce: (url) => this.#announce(url),
      deliver: (text, table) => this.#deliver(text, table),
      reestablish: () => this.#reestablish(),
      fail: (reason) => this.#fail(reason),
    });
  }

  #announce(url) {
    this.#queue(() => {
      this.#origin = (parse(url) ?? this.#url).origin;
      this.#readyState = OPEN;
      super.dispatchEvent(new Event("open"));
    });
  }

  /**
   * Dispatches the events of a batch, whose layout is described at `Batch::table` in Rust. Returns a
   * promise where more than enough is waiting, fulfilled when nothing is.
   */
  #deliver(utf8, table) {
    let text;
    try {
      decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
      text = decoder.decode(utf8);
    } catch (error) {
      this.#fail(`an event is longer than a string can be here. Send smaller events. (${error})`);
      return undefined;
    }
    const ends = table.slice();
    let [row, start] = [0, 0];
    this.#backlog++;
    queueSteps(() => {
      if (this.#readyState === CLOSED) return false;
      const [dataEnd, typeEnd, idEnd] = [ends[row], ends[row + 1], ends[row + 2]];
      const data = text.slice(start, dataEnd);
      const type = text.slice(dataEnd, typeEnd) || "message";
      if (idEnd >= 0) this.#lastEventId = text.slice(typeEnd, idEnd);
      start = Math.max(typeEnd, idEnd);
      row += 3;
      super.dispatchEvent(new StreamMessageEvent(type, data, this.#origin, this.#lastEventId));
      if (row < ends.length) return true;
      if (--this.#backlog === 0) this.#caughtUp?.();
      return false;
    });
    if (this.#backlog < LONGEST_BACKLOG) return undefined;
    return new Promise((resolve) => {
      this.#caughtUp = resolve;
    });
  }

  #reestablish() {
    this.#queue(() => {
      this.#readyState = CONNECTING;
      super.dispatchEvent(new Event("error"));
    });
  }

  #queue(step) {
    queueSteps(() => {
      if (this.#readyState !== CLOSED) step();
      return false;
    });
  }

  #fail(reason) {
    this.#queue(() => {
      this.#close();
      if (reason)
        console.error(`EventSource: the connection to ${this.#url.href} failed: ${reason}`);
      super.dispatchEvent(new Event("error"));
    });
  }

  /** https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes */
  #setHandler(type, value) {
    const entry = this.#handlers[type];
    if (Object(value) !== value) {
      if (!entry) return;
      super.removeEventListener(type, entry.listener);
      delete this.#handlers[type];
    } else if (entry) {
      entry.handler = value;
    } else {
      const added = { handler: value };
      added.listener = (event) => {
        if (typeof added.handler !== "function") return;
        if (added.handler.call(this, event) === false) event.preventDefault();
      };
      this.#handlers[type] = added;
      super.addEventListener(type, added.listener);
    }
  }

  static {
    // Minifiers rename classes.
    Object.defineProperty(this, "name", { value: "EventSource", configurable: true });
    Object.defineProperty(this.prototype, Symbol.toStringTag, {
      value: "EventSource",
      configurable: true,
    });
    for (const name of ["url", "withCredentials", "readyState", "close"]) {
      Object.defineProperty(this.prototype, name, { enumerable: true });
    }
    for (const type of ["open", "message", "error"]) {
      const name = `on${type}`;
      const attribute = {
        get [name]() {
          return this.#handlers[type]?.handler ?? null;
        },
        set [name](value) {
          this.#setHandler(type, value);
        },
      };
      Object.defineProperties(this.prototype, Object.getOwnPropertyDescriptors(attribute));
    }
    for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
      for (const target of [this, this.prototype]) {
        Object.defineProperty(target, name, { value, enumerable: true });
      }
    }
  }
}

/** Web IDL's conversion to the dictionary EventSourceInit. */
function withCredentials(dictionary) {
  if (dictionary === undefined || dictionary === null) return false;
  if (Object(dictionary) !== dictionary) {
    throw new TypeError(
      "EventSource: the second argument is not an object. Leave it out, or pass { withCredentials: true }.",
    );
  }
  return Boolean(dictionary.withCredentials);
}

/** Resolves against the document's base URL in a window, the script's in a worker. */
function parseUrl(url) {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const parsed = parse(url, base);
  if (parsed) return parsed;
  const allowed = base === undefined ? "an absolute URL" : `a URL, absolute or relative to ${base}`;
  throw new DOMException(
    `EventSource: "${url}" is not a valid URL. Pass ${allowed}.`,
    "SyntaxError",
  );
}

function parse(url, base) {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
