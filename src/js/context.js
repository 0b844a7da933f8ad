// The asynchronous context, in which a server may keep, for instance, the current user. An EventSource's
// listeners and requests run in the context in which the EventSource was made.

/** Returns a function that calls another in the current context: `run(callback, ...args)`. */
export function captureContext() {
  try {
    const { AsyncLocalStorage } = globalThis.process.getBuiltinModule("node:async_hooks");
    return AsyncLocalStorage.snapshot();
  } catch {
    // There is none, or it only throws, as in Vercel's functions.
    return (callback, ...args) => callback(...args);
  }
}
