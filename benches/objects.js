// What an object costs that waits for events: the time until it is open, and its memory.

import { contenders, FLOOR } from "./contenders.js";
import { memoryInUse } from "./memory.js";

const LONGEST = 30_000;

/** Measures the first object of a process. `contender` names the class to measure in this process. */
export function start(_, { origins, contender }) {
  if (!contenders[contender]) return {};
  return {
    [contender]: async () => {
      const start = performance.now();
      const close = await opened(contenders[contender], `${origins[0]}/idle`);
      const ms = performance.now() - start;
      close();
      return { ms };
    },
  };
}

/**
 * No engine opens a thousand connections. So only contenders that use `fetch` run, and get responses without
 * one.
 */
export function idleObjects({ count }, { origins }) {
  const url = `${origins[0]}/idle`;
  const measured = (open) => async () => {
    const { fetch } = globalThis;
    globalThis.fetch = idleResponse;
    try {
      await open();
      const before = await memoryInUse();
      const start = performance.now();
      const all = await Promise.all(Array.from({ length: count }, open));
      const ms = performance.now() - start;
      const after = await memoryInUse();
      for (const close of all) close();
      return { each: (total(after) - total(before)) / count, ms };
    } finally {
      globalThis.fetch = fetch;
    }
  };
  const names = ["eventsource-wasm", "eventsource 5", "fetch-event-source"];
  const runs = names
    .filter((name) => contenders[name])
    .map((name) => [name, measured(() => opened(contenders[name], url))]);
  return { ...Object.fromEntries(runs), [FLOOR]: measured(() => read(url)) };
}

const total = ({ heap, wasm }) => heap + wasm;

async function idleResponse() {
  return new Response(new ReadableStream(), { headers: { "Content-Type": "text/event-stream" } });
}

function opened(contender, url) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not open after ${LONGEST} ms`)), LONGEST);
    const close = contender.connect(url, {
      onOpen: () => {
        clearTimeout(timer);
        resolve(close);
      },
    });
  });
}

async function read(url) {
  const reader = (await fetch(url)).body.getReader();
  reader.read();
  return () => reader.cancel();
}
