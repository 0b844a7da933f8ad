// Tests our class with libraries that take an EventSource or use the global one, in Node and in Chromium.
//
//   node tests/libraries/run.mjs

import { join } from "node:path";
import { nodeModules } from "../../scripts/setup.mjs";
import { chromium } from "../browser/launch.mjs";
import { within } from "../within.mjs";

const HERE = import.meta.dirname;
/** A library that has not received both words and closed after this time has failed. */
const PATIENCE = 20_000;
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>`;

export async function run() {
  await nodeModules("tests/libraries");
  const { namesOf } = await import("./libraries.js");
  const { serve } = await import("./server.mjs");
  const files = { "/": ["text/html", PAGE], "/page.js": ["text/javascript", await bundle()] };
  const server = await serve(files);
  const total = { passed: 0, failed: 0 };
  try {
    for (const [realm, enter] of Object.entries({ node: enterNode, page: enterChromium })) {
      const { heard, leave } = await enter(server);
      const words = await within(PATIENCE, heard, "nothing").catch((error) => error.message);
      for (const name of namesOf(realm === "page")) {
        const found = words[name] ?? words;
        const requests = await within(PATIENCE, server.requests(realm, name), "nothing").catch(
          String,
        );
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
  const browser = await chromium().launch(origin);
  const ended = browser.exited.then((how) => Promise.reject(new Error(`Chromium ${how}`)));
  return { heard: Promise.race([heard, ended]), leave: browser.close };
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = (await run()).failed > 0 ? 1 : 0;
}
