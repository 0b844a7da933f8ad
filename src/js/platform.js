// What the inner clockwork needs of the platform, taken when the package is imported. Tests replace these with
// fakes that never run, and the bundler gives every module these instead. Only the wait for a reconnection
// follows the page's own `setTimeout`, so that a test can let it pass.

export const { clearImmediate, setImmediate } = globalThis;

const resolved = Promise.resolve();

/** For the core's tasks. In browsers it is also the quicker way. */
export function queueMicrotask(callback) {
  resolved.then(callback);
}
