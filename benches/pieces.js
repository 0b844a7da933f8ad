// Measures our pieces alone, and the best JavaScript parser, on bytes that are in memory already. Measures
// what it costs any class to create and dispatch the events, too.

import { createParser } from "eventsource-parser";
import { Batch, COLUMNS } from "../src/js/batch.js";
import { StreamMessageEvent } from "../src/js/message_event.js";
import { Turns } from "../src/js/turns.js";
import { instantiate } from "../src/js/wasm.js";
import wasm from "../target/bindgen/core.wasm";
import { addToChecksum } from "./workloads.js";

/** The same as `SLICE` in src/web/body.rs. */
const SLICE = 64 * 1024;

let core;

export async function pieces({ type, count, checksum }, url) {
  core ??= await instantiate(() => wasm);
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const chunks = Array.from({ length: Math.ceil(bytes.length / SLICE) }, (_, index) =>
    bytes.subarray(index * SLICE, (index + 1) * SLICE),
  );
  /** `run` calls its argument with the data of each event. */
  const timed = (run) => async () => {
    let received = 0;
    let sum = 0;
    const start = performance.now();
    await run((data) => {
      received++;
      sum = addToChecksum(sum, data);
    });
    const ms = performance.now() - start;
    if (received === count && sum === checksum) return { ms };
    throw new Error(`${received} events of ${count}, with the checksum ${sum}, not ${checksum}`);
  };
  const all = [];
  decode(chunks, (data) => all.push(data));
  return {
    parse: () => parse(chunks, count),
    "parse and decode": timed((receive) => decode(chunks, receive)),
    "eventsource-parser": timed((receive) => decodeInJavaScript(chunks, receive)),
    dispatch: timed((receive) => dispatch(all, type, receive)),
    "dispatch in turns": timed((receive) => dispatchInTurns(all, type, receive)),
  };
}

async function parse(chunks, count) {
  let rows = 0;
  const receiver = {
    deliver: (_, table) => {
      rows += table.length / COLUMNS;
    },
  };
  const start = performance.now();
  feed(chunks, receiver);
  const ms = performance.now() - start;
  if (rows !== count) throw new Error(`${rows} events, not ${count}`);
  return { ms };
}

function decode(chunks, receive) {
  feed(chunks, {
    deliver: (text, table) => {
      const batch = new Batch(text, table);
      while (batch.next()) if (batch.data !== undefined) receive(batch.data);
    },
  });
}

function feed(chunks, receiver) {
  const parser = new core.Parser();
  for (const chunk of chunks) parser.feed(chunk, receiver);
  parser.free();
}

function decodeInJavaScript(chunks, receive) {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: (event) => receive(event.data) });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
}

function dispatch(all, type, receive) {
  const target = listenedTo(type, receive);
  for (const data of all) target.dispatchEvent(new StreamMessageEvent(type, data, "", ""));
}

function dispatchInTurns(all, type, receive) {
  const target = listenedTo(type, receive);
  let next = 0;
  return new Promise((resolve) => {
    const step = () => {
      target.dispatchEvent(new StreamMessageEvent(type, all[next++], "", ""));
      if (next < all.length) return true;
      resolve();
      return false;
    };
    new Turns().queue(step, false);
  });
}

function listenedTo(type, receive) {
  const target = new EventTarget();
  target.addEventListener(type, (event) => receive(event.data));
  return target;
}
