// Event handler attributes, like `onmessage`. A listener calls the handler. It is added when the attribute is
// set, and removed when the attribute becomes null. So a handler keeps its place when it is replaced.
//
// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes

const { preventDefault } = Event.prototype;
const eventTarget = EventTarget.prototype;

/**
 * Defines an attribute for each type of event. `handlersOf` returns the object in which a target keeps its
 * handlers, by the attribute's name, and its listeners, by the type. It throws if its argument is not such a
 * target.
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

/** Whether EventTarget itself calls what is in `on…` properties, as workerd's does. */
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
