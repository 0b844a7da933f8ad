// Measures every contender on every workload, in an order that is shuffled anew for each round, each
// run after a garbage collection; a contender that loses an event or a character is an error.

import contenders, { readOnly } from "./contenders.js";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function time(run) {
  globalThis.gc?.();
  await pause(100);
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function receiveAll(name, receive, url, { type, count, units }) {
  return new Promise((resolve, reject) => {
    const got = { count: 0, units: 0 };
    const stop = receive(url, type, (data) => {
      got.count++;
      got.units += data.length;
      if (got.count < count) return;
      stop();
      if (got.units === units) resolve();
      else reject(new Error(`${name} received ${got.units} code units, not ${units}`));
    });
  });
}

export async function measure(origin, { rounds, only }, progress = () => {}) {
  const workloads = await (await fetch(`${origin}/workloads`)).json();
  const results = {};
  for (const workload of workloads) {
    if (only && only !== workload.name) continue;
    const url = `${origin}/stream/${workload.name}`;
    const runs = Object.entries(contenders).map(([name, receive]) => ({
      name,
      run: () => receiveAll(name, receive, url, workload),
    }));
    runs.push({ name: "fetch and read only", run: () => readOnly(url) });
    const times = Object.fromEntries(runs.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const { name, run } of shuffled(runs)) {
        const taken = await time(run);
        // The first round warms up.
        if (round > 0) times[name].push(taken);
      }
    }
    results[workload.name] = times;
    progress(workload.name);
  }
  return results;
}

function shuffled(list) {
  const copy = [...list];
  for (let left = copy.length; left > 1; left--) {
    const index = Math.floor(Math.random() * left);
    [copy[left - 1], copy[index]] = [copy[index], copy[left - 1]];
  }
  return copy;
}

if (globalThis.document) {
  const options = JSON.parse(new URLSearchParams(location.search).get("options"));
  const report = (body) => fetch("/report", { method: "POST", body: JSON.stringify(body) });
  measure(location.origin, options, (done) => report({ done })).then(
    (results) => report({ results }),
    (error) => report({ error: String(error) }),
  );
}
