// Runs in the engine: measures the workloads that its settings name, and reports to the server.
//
// Each round runs the contenders in another random order. The first round only warms up. A garbage collection
// comes before each run, because one contender would otherwise pay for another's garbage.

import { collectGarbage } from "./memory.js";
import { idleObjects, start } from "./objects.js";
import { latency, memory, receive } from "./receive.js";

/** Each returns the functions to run, by name. Those return numbers, the most important one first. */
const KINDS = { receive, latency, memory, instances: idleObjects, start };
const SETTLED = 20;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function measure(workload, settings) {
  const runs = await KINDS[workload.kind](workload, settings);
  const rounds = Math.min(settings.rounds, workload.rounds ?? settings.rounds);
  const results = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const errors = {};
  for (let round = rounds > 1 ? 0 : 1; round <= rounds; round++) {
    for (const [name, run] of shuffled(Object.entries(runs))) {
      if (errors[name]) continue;
      await collectGarbage?.();
      await pause(workload.settled ?? SETTLED);
      try {
        const numbers = await run();
        if (round > 0) results[name].push(numbers);
      } catch (error) {
        errors[name] = String(error);
      }
    }
  }
  return { results, errors };
}

function shuffled(list) {
  const copy = [...list];
  for (let left = copy.length; left > 1; left--) {
    const index = Math.floor(Math.random() * left);
    [copy[left - 1], copy[index]] = [copy[index], copy[left - 1]];
  }
  return copy;
}

async function main() {
  const url = new URL(globalThis.location?.href ?? process.argv[2]);
  const settings = JSON.parse(url.searchParams.get("settings"));
  const report = (body) =>
    fetch(`${settings.origins[0]}/report`, { method: "POST", body: JSON.stringify(body) });
  try {
    const agent = globalThis.document ? navigator.userAgent : `Node ${process.version}`;
    await report({ agent, collectsGarbage: Boolean(collectGarbage) });
    for (const name of settings.names) {
      const workload = await (await fetch(`${settings.origins[0]}/workload?name=${name}`)).json();
      await report({ name, ...(await measure(workload, settings)) });
    }
    await report({ isOver: true });
  } catch (error) {
    await report({ error: String(error?.stack ?? error) });
  }
}

main();
