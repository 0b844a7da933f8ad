// Runs the suite in every realm of every installed browser, and in Node:
//
//   node tests/browser/run.mjs [--browser chromium|firefox|webkit|node]… [--realm …]…
//                              [--grep text] [--native] [--seed n] [--rounds n]
//
// --native tests the browser's own EventSource. --seed repeats the generated tests of another run. --rounds, by
// default 1, generates more of them. A browser that is not installed is reported, and with CI=true it is a
// failure.

import { randomInt, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundles } from "./bundle.mjs";
import { start } from "./child.mjs";
import { browsers } from "./launch.mjs";
import { page, REALMS } from "./pages.mjs";
import { root, serve } from "./server.mjs";
import { Mailbox, visit } from "./visit.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The realms in Node, with Node's arguments for each. */
const IN_NODE = [
  [{ name: "node" }],
  [{ name: "js", like: "node" }, "--import", new URL("node_js.mjs", import.meta.url).href],
];

/**
 * @param {object} [options]
 * @param {string[]} [options.browser]   by default, all browsers and Node
 * @param {string[]} [options.realm]
 * @param {string} [options.grep]        only tests whose name contains this
 * @param {boolean} [options.native]
 * @param {number} [options.seed]        by default, a new one
 * @param {number} [options.rounds]
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function run(options = {}) {
  const { browser, realm, grep = "", native, print = console.log } = options;
  const { seed = randomInt(2 ** 32), rounds = 1 } = options;
  if (!native && !existsSync(`${root}pkg/eventsource.js`)) {
    throw new Error("There is no pkg/ to test. Make it with: npm run build");
  }
  print(`seed ${seed}`);
  const mailboxes = new Map();
  const urls = new Map();
  const server = await serve({
    bundles: await bundles({ native }),
    page,
    onReport: (id, name, report) => mailboxes.get(id)?.put(name, report),
    async next(id, name) {
      await mailboxes.get(id).done(name);
      return urls.get(id)[name] ?? "/page/over";
    },
  });
  const { origin, other } = server;
  const total = { passed: 0, failed: 0 };

  /** `launch(url, configuration)` opens a realm: Node gets the configuration, and a browser the page. */
  async function tour(name, realms, launch) {
    const id = randomUUID();
    const mailbox = new Mailbox();
    mailboxes.set(id, mailbox);
    const configuration = (one) => ({
      run: id,
      browser: name,
      realm: one.name,
      like: one.like ?? "",
      origin,
      other,
      grep,
      seed,
      rounds,
      ...(one.sections && { sections: one.sections }),
      ...(native && { native }),
    });
    const url = (one) => `${origin}/page/${one.name}?${new URLSearchParams(configuration(one))}`;
    urls.set(id, Object.fromEntries(realms.slice(1).map((one, i) => [realms[i].name, url(one)])));
    const counts = await visit({
      name,
      realms: realms.map((one) => one.name),
      mailbox,
      print,
      launch: (first) => {
        const one = realms.find(({ name }) => name === first);
        return launch(url(one), configuration(one));
      },
    });
    total.passed += counts.passed;
    total.failed += counts.failed;
  }

  const wanted = (list, name) => !list?.length || list.includes(name);
  try {
    const realms = REALMS.filter((one) => wanted(realm, one.name) && (!native || one.native));
    for (const { name, found, hint, launch } of browsers()) {
      if (!wanted(browser, name) || realms.length === 0) continue;
      if (found) {
        await tour(name, realms, (url) => launch(url));
      } else {
        print(`${name}: not tested, because it is not installed (${hint})`);
        if (process.env.CI === "true") total.failed++;
      }
    }
    for (const [one, ...args] of native || !wanted(browser, "node") ? [] : IN_NODE) {
      if (!wanted(realm, one.name)) continue;
      await tour("node", [one], (_, configuration) =>
        start(process.execPath, [...args, here("node.mjs"), JSON.stringify(configuration)]),
      );
    }
  } finally {
    server.close();
  }
  return total;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      browser: { type: "string", multiple: true },
      realm: { type: "string", multiple: true },
      grep: { type: "string" },
      native: { type: "boolean" },
      seed: { type: "string" },
      rounds: { type: "string" },
    },
  });
  for (const name of ["seed", "rounds"]) if (values[name]) values[name] = Number(values[name]);
  const { failed } = await run(values);
  process.exitCode = failed > 0 ? 1 : 0;
}
