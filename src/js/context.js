// The asynchronous context, in which servers keep for whom they work. Everything that a page hears of an
// EventSource comes in the context in which it was made, as if it were the only one.

/** Returns what calls a function in the present context: `run(callback, ...args)`. */
export function captureContext() {
  return snapshot() ?? ((callback, ...args) => callback(...args));
}

function snapshot() {
  try {
    const { AsyncLocalStorage } = globalThis.process.getBuiltinModule("node:async_hooks");
    return AsyncLocalStorage.snapshot();
  } catch {
    // It is missing; or there only to throw that it is, as in Vercel's functions.
    return undefined;
  }
}
