// Tests libraries that take an EventSource, or use the global one, with ours: in Node, and in Chromium.
//
//   node tests/libraries/run.mjs

import { join } from "node:path";
import { oldest, run as shell } from "../../scripts/shell.mjs";
import { browsers } from "../browser/launch.mjs";

const HERE = import.meta.dirname;
/** After it, a library that has not heard both words and closed has failed. */
const PATIENCE = 20_000;
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>`;

export async function run() {
  await install();
  const { namesOf } = await import("./libraries.js");
  const { serve } = await import("./server.mjs");
  const files = { "/": ["text/html", PAGE], "/page.js": ["text/javascript", await bundle()] };
  const server = await serve(files);
  const total = { passed: 0, failed: 0 };
  try {
    for (const [realm, enter] of Object.entries({ node: enterNode, page: enterChromium })) {
      const { heard, leave } = await enter(server);
      const words = await within(heard).catch((error) => error.message);
      for (const name of namesOf(realm === "page")) {
        const found = words[name] ?? words;
        const requests = await within(server.requests(realm, name)).catch(String);
        const isRight = found === "one two" && requests === 2;
        total[isRight ? "passed" : "failed"]++;
        const what = isRight ? "passed" : `FAILED: heard ${found}, by ${requests} requests`;
        console.log(`${name}, ${realm}: ${what}`);
      }
      await leave();
    }
  } finally {
    server.close();
  }
  return total;
}

async function install() {
  const lock = "tests/libraries/package-lock.json";
  if (oldest("tests/libraries/node_modules/.package-lock.json") >= oldest(lock)) return;
  console.log("Installing the libraries …");
  await shell("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: HERE,
    quiet: true,
  });
}

async function bundle() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(HERE, "page.js")],
    bundle: true,
    format: "esm",
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0].text;
}

async function enterNode({ origin }) {
  const { EventSource } = await import("../../pkg/eventsource.js");
  const { install } = await import("../../pkg/polyfill.js");
  const { hear, namesOf } = await import("./libraries.js");
  install();
  return { heard: hear(EventSource, `${origin}/node`, namesOf(false)), leave() {} };
}

async function enterChromium({ origin, heard }) {
  const chromium = browsers().find(({ name }) => name === "chromium");
  if (!chromium.found) throw new Error(`there is no Chromium: ${chromium.hint}`);
  const browser = await chromium.launch(origin);
  const ended = browser.exited.then((how) => Promise.reject(new Error(`Chromium ${how}`)));
  return { heard: Promise.race([heard, ended]), leave: browser.close };
}

async function within(promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing in ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = (await run()).failed > 0 ? 1 : 0;
}
