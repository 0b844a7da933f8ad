// The engines that can run the page: the installed browsers, this Node, and a newer Node from npm. None is
// started with a debugger, because that makes Chromium's native class many times slower
// (docs/experiments.md).

import { existsSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../scripts/setup.mjs";
import { ROOT, run } from "../scripts/shell.mjs";
import { start } from "../tests/browser/child.mjs";
import { browsers } from "../tests/browser/launch.mjs";

const NEWEST_NODE = "26.10.0";
/** They let a page collect garbage, and measure memory exactly. */
const CHROMIUM_SWITCHES = ["--js-flags=--expose-gc", "--enable-precise-memory-info"];
const NODE_SWITCHES = ["--expose-gc", "--experimental-eventsource"];
/** The built page, as Node loads it. */
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

/** Installs it in the user's cache, by version, like other tools. */
async function newestNode() {
  const folder = cached("node", NEWEST_NODE);
  const path = join(folder, "node_modules/node/bin/node");
  if (!existsSync(path)) {
    console.error(`Installing Node ${NEWEST_NODE} …`);
    await run("npm", ["install", "--no-save", "--prefix", folder, `node@${NEWEST_NODE}`]);
  }
  return path;
}
