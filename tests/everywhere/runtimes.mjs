// The runtimes, and the ways in which each loads the package. Each way is a command that ends by itself.

import { join } from "node:path";
import { build } from "esbuild";
import { HERE } from "./install.mjs";

const program = (name) => join(HERE, "runtimes", name);
const binary = (path) => join(HERE, "node_modules", path);

const node = (path) => ({
  version: [path, "--version"],
  import: [path, program("esm.js")],
  require: [path, program("cjs.cjs")],
  slim: [path, program("slim.js")],
  js: [path, program("js.js")],
});

const deno = binary("deno/deno");
const bun = binary("bun/bin/bun");
const workerd = binary("workerd/bin/workerd");
// jsdom needs a newer Node than this project does.
const vitest = [binary("node24/bin/node"), binary("vitest/vitest.mjs")];

/** The Node that runs the tests, so it need not be installed. */
export const OWN = { Node: node(process.execPath) };

export const RUNTIMES = {
  "Node 20": node(binary("node20/bin/node")),
  "Node 22": node(binary("node22/bin/node")),
  "Node 24": node(binary("node24/bin/node")),
  "Node 26": node(binary("node26/bin/node")),
  Deno: {
    version: [deno, "--version"],
    import: [deno, "run", "--no-remote", "--allow-all", program("esm.js")],
    require: [deno, "run", "--no-remote", "--allow-all", program("cjs.cjs")],
    slim: [deno, "run", "--no-remote", "--allow-all", program("slim.js")],
    js: [deno, "run", "--no-remote", "--allow-all", program("js.js")],
  },
  Bun: {
    version: [bun, "--version"],
    import: [bun, program("esm.js")],
    require: [bun, program("cjs.cjs")],
    slim: [bun, program("slim.js")],
    js: [bun, program("js.js")],
  },
  workerd: {
    version: [workerd, "--version"],
    prepare: bundleWorkers,
    import: [workerd, "test", program("workerd.capnp"), "current"],
    "compatible with 2023": [workerd, "test", program("workerd.capnp"), "old"],
    slim: [workerd, "test", program("workerd.capnp"), "slim"],
  },
  "jsdom (Vitest)": {
    version: [...vitest, "--version"],
    import: [...vitest, "run", "--root", HERE, "runtimes/jsdom.test.js"],
  },
};

/** Bundles like wrangler: with the condition "workerd", and the WebAssembly in a separate file. */
async function bundleWorkers() {
  await build({
    entryPoints: [program("workerd.js"), program("workerd_slim.js")],
    outdir: join(HERE, "out/workerd"),
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["*.wasm"],
  });
}
