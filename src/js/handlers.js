// Event handler attributes, like `onmessage`. A handler is called by a listener, which is among the others
// from when the attribute is set until it is null, and so keeps its place when the handler is replaced.
//
// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes

const { preventDefault } = Event.prototype;
const eventTarget = EventTarget.prototype;

/**
 * Defines an attribute for each type of event. `handlersOf` returns what a target keeps them in: handlers
 * by the attribute's name, listeners by the type. It throws for what is no such target.
 */
export function defineHandlers(prototype, types, handlersOf) {
  for (const type of types) {
    const name = `on${type}`;
    const attribute = {
      get [name]() {
        return handlersOf(this)[name] ?? null;
      },
      set [name](value) {
        const handlers = handlersOf(this);
        const wasSet = handlers[name] !== undefined;
        const isSet = Object(value) === value;
        handlers[name] = isSet ? value : undefined;
        if (isSet === wasSet || callsHandlers()) return;
        handlers[type] ??= (event) => {
          if (typeof handlers[name] !== "function") return;
          if (Reflect.apply(handlers[name], this, [event]) === false) {
            Reflect.apply(preventDefault, event, []);
          }
        };
        const method = isSet ? eventTarget.addEventListener : eventTarget.removeEventListener;
        Reflect.apply(method, this, [type, handlers[type]]);
      },
    };
    Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(attribute));
  }
}

let hasCalledHandler;

/** Whether an EventTarget calls what is in its `on…` attributes by itself, as workerd's does. */
function callsHandlers() {
  if (hasCalledHandler === undefined) {
    const target = new EventTarget();
    target.onprobe = () => {
      hasCalledHandler = true;
    };
    hasCalledHandler = false;
    target.dispatchEvent(new Event("probe"));
  }
  return hasCalledHandler;
}
