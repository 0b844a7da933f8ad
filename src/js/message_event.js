// A MessageEvent that is cheap to create: three strings in place of a dictionary to convert, which in
// Chromium makes an event cost half. Its prototype lies under MessageEvent's own, with accessors for
// every attribute, so that a page sees no other kind of event.
//
// https://html.spec.whatwg.org/multipage/comms.html#the-messageevent-interface

/** Of the few events that a page asks for it or initialises again: a field would cost all the others. */
const senders = new WeakMap();

export class StreamMessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;

  constructor(type, data, origin, lastEventId) {
    super(type);
    this.#data = data;
    this.#origin = origin;
    this.#lastEventId = lastEventId;
  }

  get data() {
    return this.#data;
  }

  get origin() {
    return this.#origin;
  }

  get lastEventId() {
    return this.#lastEventId;
  }

  get source() {
    return this.#sender.source;
  }

  get ports() {
    return this.#sender.ports;
  }

  get #sender() {
    if (!senders.has(this)) senders.set(this, { source: null, ports: Object.freeze([]) });
    return senders.get(this);
  }

  initMessageEvent(
    type,
    bubbles = false,
    cancelable = false,
    data = null,
    origin = "",
    lastEventId = "",
    source = null,
    ports = [],
  ) {
    if (arguments.length === 0) throw new TypeError("initMessageEvent: pass the event's type.");
    // Its constructor converts the arguments, and throws, as this method has to.
    const init = { bubbles, cancelable, data, origin, lastEventId, source, ports };
    const converted = new MessageEvent(type, init);
    super.initEvent(converted.type, converted.bubbles, converted.cancelable);
    if (this.eventPhase !== Event.NONE) return;
    this.#data = converted.data;
    this.#origin = converted.origin;
    this.#lastEventId = converted.lastEventId;
    senders.set(this, converted);
  }

  static {
    // In Vercel's functions it is none.
    if (MessageEvent.prototype instanceof Event) StreamMessageEvent.#becomeMessageEvent();
  }

  static #becomeMessageEvent() {
    const own = Object.getOwnPropertyDescriptors(this.prototype);
    const native = Object.getOwnPropertyDescriptors(MessageEvent.prototype);
    for (const [name, descriptor] of Object.entries(native)) {
      const attribute = own[name] ?? withDefault(name, descriptor);
      if (attribute) {
        // Defined anew, a property is the last: their order is the native one's.
        delete this.prototype[name];
        Object.defineProperty(this.prototype, name, { ...attribute, enumerable: true });
      }
    }
    // What remains, `constructor` too, is MessageEvent's.
    delete this.prototype.constructor;
    Object.setPrototypeOf(this.prototype, MessageEvent.prototype);
  }
}

/** For an attribute that is a browser's own, like Chromium's `userActivation`. */
function withDefault(name, { get }) {
  if (!get) return undefined;
  const read = {
    get [name]() {
      return get.call(new MessageEvent(""));
    },
  };
  return Object.getOwnPropertyDescriptor(read, name);
}
