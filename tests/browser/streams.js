// Streams that a test makes itself, and an EventSource that reads one.

import { EventSource } from "eventsource-wasm";
import { defer } from "./harness.js";
import { bytesOf } from "./scenario.js";
import { observe } from "./watch.js";

/** A stream that gives these chunks, then ends, fails or stays open. Text becomes bytes. */
export function streamOf(chunks, { end = true, error, cancel } = {}) {
  const left = chunks.map(bytesOf);
  return new ReadableStream({
    cancel,
    pull(controller) {
      if (left.length > 0) controller.enqueue(left.shift());
      else if (error) controller.error(error);
      else if (end) controller.close();
      else return new Promise(() => {});
    },
  });
}

export function read(readable, types) {
  const source = EventSource.fromReadableStream(readable);
  defer(() => source.close());
  return observe(source, types);
}
