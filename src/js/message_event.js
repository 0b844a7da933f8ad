// A MessageEvent that is cheap to create: it takes three strings, not a dictionary that has to be converted. In
// Chromium, that halves the cost of an event. Its prototype inherits from MessageEvent's, and has accessors for
// every attribute. So to a page, it looks like any MessageEvent.
//
// https://html.spec.whatwg.org/multipage/comms.html#the-messageevent-interface

/**
 * What has `source` and `ports`, only for the few events whose page reads those or initialises them again. A
 * field would make all other events more expensive.
 */
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
    // MessageEvent's constructor converts the arguments, and throws, as this method has to.
    const init = { bubbles, cancelable, data, origin, lastEventId, source, ports };
    const converted = new MessageEvent(type, init);
    super.initEvent(converted.type, converted.bubbles, converted.cancelable);
    if (this.eventPhase !== Event.NONE) return;
    this.#data = converted.data;
    this.#origin = converted.origin;
    this.#lastEventId = converted.lastEventId;
    senders.set(this, converted);
  }
}

// In Vercel's functions, a MessageEvent is not an Event.
if (MessageEvent.prototype instanceof Event) becomeMessageEvent(StreamMessageEvent.prototype);

function becomeMessageEvent(prototype) {
  const own = Object.getOwnPropertyDescriptors(prototype);
  const native = Object.getOwnPropertyDescriptors(MessageEvent.prototype);
  for (const [name, descriptor] of Object.entries(native)) {
    const attribute = own[name] ?? withDefault(name, descriptor);
    if (attribute) {
      // Without the deletion, a property would keep its place. The order has to be the native one.
      delete prototype[name];
      Object.defineProperty(prototype, name, { ...attribute, enumerable: true });
    }
  }
  // `constructor` and everything else is inherited from MessageEvent.
  delete prototype.constructor;
  Object.setPrototypeOf(prototype, MessageEvent.prototype);
}

/** An attribute that only some browsers have, like Chromium's `userActivation`: it has its default value. */
function withDefault(name, { get }) {
  if (!get) return undefined;
  const read = {
    get [name]() {
      return get.call(new MessageEvent(""));
    },
  };
  return Object.getOwnPropertyDescriptor(read, name);
}
