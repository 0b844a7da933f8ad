// The asynchronous context, in which servers keep for whom they work. Everything that a page hears of an
// EventSource comes in the context in which it was made, as if it were the only one.

/** Returns what calls a function in the present context: `run(callback, ...args)`. */
export function captureContext() {
  const { AsyncLocalStorage } = globalThis.process?.getBuiltinModule?.("node:async_hooks") ?? {};
  return AsyncLocalStorage?.snapshot?.() ?? ((callback, ...args) => callback(...args));
}
