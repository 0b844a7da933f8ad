// Replaces the global fetch until the test is over.

import { defer } from "./harness.js";

/**
 * The n-th function answers the n-th call. Its first argument calls the real `fetch`. All later calls go to
 * the real `fetch`, too.
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

/** An event stream with a body that a script makes. The argument is a ReadableStream's source. */
export function scripted(source) {
  return new Response(new ReadableStream(source), {
    headers: { "Content-Type": "text/event-stream" },
  });
}
