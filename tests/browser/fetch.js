// The global fetch, replaced for the length of a test.

import { defer } from "./harness.js";

/**
 * The n-th call is answered by the n-th function, which gets a way to the real one first; the
 * others are let through.
 */
export function replaceFetch(...answers) {
  const original = globalThis.fetch;
  defer(() => {
    globalThis.fetch = original;
  });
  let calls = 0;
  globalThis.fetch = function (...args) {
    const through = (init) => original.call(this, args[0], { ...args[1], ...init });
    return (answers[calls++] ?? through)(through, ...args);
  };
}

/** An event stream whose body is made by a script, a ReadableStream's source. */
export function scripted(source) {
  return new Response(new ReadableStream(source), {
    headers: { "Content-Type": "text/event-stream" },
  });
}
