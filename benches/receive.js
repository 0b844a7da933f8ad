// What is measured by receiving streams: how long it takes, how late events are, and how much memory is left
// in use. A contender that loses or changes an event fails.

import { contenders, FLOOR, OURS, readAll } from "./contenders.js";
import { memoryInUse } from "./memory.js";
import { pieces } from "./pieces.js";
import { addToChecksum } from "./workloads.js";

const LONGEST = 120_000;

/** How long the whole stream takes: by the clock, and in processor time of all the engine's processes. */
export async function receive(workload, { origins }) {
  const { name, streams, cut } = workload;
  const urls = Array.from(
    { length: streams },
    (_, index) => `${origins[index % origins.length]}/stream?name=${name}`,
  );
  const timed = async (run) => {
    const before = await processorTime(origins);
    const start = performance.now();
    await Promise.all(urls.map(run));
    const ms = performance.now() - start;
    return { ms, cpu: (await processorTime(origins)) - before };
  };
  const receivers = mapContenders((contender) => () => {
    return timed((url) => receiveAll(contender, url, workload));
  });
  return {
    ...receivers,
    [FLOOR]: () => timed(readAll),
    ...(cut === "whole" && streams === 1 && (await pieces(workload, urls[0]))),
  };
}

/** The milliseconds from the server's write to the listener. Both use the clock of the same machine. */
export function latency({ name, count }, { origins }) {
  return mapContenders((contender) => async () => {
    const before = await processorTime(origins);
    const delays = [];
    await new Promise((resolve, reject) => {
      const stop = contender.connect(`${origins[0]}/clock?name=${name}`, {
        onData: (sent) => {
          delays.push(performance.timeOrigin + performance.now() - Number(sent));
          if (delays.length === count) stop(resolve());
        },
      });
      failLater(reject, stop);
    });
    const cpu = (await processorTime(origins)) - before;
    delays.sort((a, b) => a - b);
    const quantile = (part) => delays[Math.floor(count * part)];
    return { p50: quantile(0.5), p99: quantile(0.99), cpu };
  });
}

/** In bytes: how much the heap has grown, and the size of the wasm memory, before and after huge events. */
export function memory(workload, { origins }) {
  const receiveStream = async (name) => {
    const workload = await (await fetch(`${origins[0]}/workload?name=${name}`)).json();
    await receiveAll(contenders[OURS], `${origins[0]}/stream?name=${name}`, workload);
  };
  const measured = async () => {
    await receiveStream("tiny");
    const before = await memoryInUse();
    await receiveStream(workload.name);
    const after = await memoryInUse();
    await receiveStream("100MB");
    const afterHuge = await memoryInUse();
    await receiveStream("100MB");
    await receiveStream("100MB");
    const { wasm } = await memoryInUse();
    return {
      heap: after.heap - before.heap,
      wasm: after.wasm,
      "wasm after 100 MB in one event": afterHuge.wasm,
      "wasm after two more": wasm,
    };
  };
  return { [OURS]: measured };
}

function receiveAll(contender, url, { type, count, times = 1, checksum }) {
  return new Promise((resolve, reject) => {
    let received = 0;
    let sum = 0;
    const stop = contender.connect(url, {
      type,
      onData: (data) => {
        sum = addToChecksum(sum, data);
        if (++received < count * times) return;
        stop();
        clearTimeout(timer);
        if (checksum === undefined || sum === checksum) resolve();
        else reject(new Error(`the data has the checksum ${sum}, not ${checksum}`));
      },
    });
    const timer = failLater((error) => {
      reject(new Error(`${error.message}: ${received} of ${count * times} events`));
    }, stop);
  });
}

function failLater(reject, stop) {
  return setTimeout(() => {
    stop();
    reject(new Error(`not over after ${LONGEST / 1000} s`));
  }, LONGEST);
}

async function processorTime([origin]) {
  return (await fetch(`${origin}/cpu`)).json();
}

function mapContenders(map) {
  return Object.fromEntries(Object.entries(contenders).map(([name, one]) => [name, map(one)]));
}
