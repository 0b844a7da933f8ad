// Whatever can run the page: the browsers that are installed, this Node and the newest from npm. Each
// is started plainly: a debugger makes native Chromium many times slower (docs/experiments.md).

import { existsSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../scripts/setup.mjs";
import { ROOT, run } from "../scripts/shell.mjs";
import { start } from "../tests/browser/child.mjs";
import { browsers } from "../tests/browser/launch.mjs";

const NEWEST_NODE = "26.10.0";
/** Collecting garbage, and telling of memory. */
const CHROMIUM_SWITCHES = ["--js-flags=--expose-gc", "--enable-precise-memory-info"];
const NODE_SWITCHES = ["--expose-gc", "--experimental-eventsource"];
/** Where Node finds what the page is built to. */
export const NODE_SCRIPT = join(ROOT, "target/bench/page.mjs");

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {boolean} isBrowser
 * @property {string} [found]
 * @property {string} hint     what to do if it is not found
 * @property {(url: string) => Promise<import("../tests/browser/child.mjs").Child>} open
 */

/** @returns {Engine[]} */
export function engines() {
  return [
    ...browsers().map(({ launch, ...browser }) => ({
      ...browser,
      isBrowser: true,
      open: (url) => launch(url, CHROMIUM_SWITCHES),
    })),
    node("node", () => process.execPath),
    node("newest-node", newestNode),
  ];
}

function node(name, find) {
  return {
    name,
    isBrowser: false,
    found: name,
    hint: "",
    open: async (url) => {
      const known = NODE_SWITCHES.filter((one) => process.allowedNodeEnvironmentFlags.has(one));
      return start(await find(), ["--expose-gc", ...known, NODE_SCRIPT, url]);
    },
  };
}

/** In the user's cache, by version, as other tools are. */
async function newestNode() {
  const folder = cached("node", NEWEST_NODE);
  const path = join(folder, "node_modules/node/bin/node");
  if (!existsSync(path)) {
    console.error(`Installing Node ${NEWEST_NODE} …`);
    await run("npm", ["install", "--no-save", "--prefix", folder, `node@${NEWEST_NODE}`]);
  }
  return path;
}
