// The platform's functions that our own scheduling needs, as they were when the package was imported. Tests
// replace the global ones with fakes that may never run. The bundler makes every module use these instead. Only
// the wait for a reconnection uses the current `setTimeout`, so that a test can let the time pass.

export const { clearImmediate, setImmediate } = globalThis;

const resolved = Promise.resolve();

/** Schedules the core's tasks. In browsers, a promise is also faster than the real `queueMicrotask`. */
export function queueMicrotask(callback) {
  resolved.then(callback);
}
