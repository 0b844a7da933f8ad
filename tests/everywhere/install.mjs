// Packs pkg/ as for publishing, and installs the tarball for the consumers in this folder.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "../../scripts/shell.mjs";

export const HERE = import.meta.dirname;

/** @returns {Promise<string>} the tarball's path */
export async function pack() {
  const folder = join(ROOT, "target/tarball");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const args = ["pack", "./pkg", "--ignore-scripts", "--pack-destination", folder];
  await run("npm", args, { quiet: true });
  return join(folder, readdirSync(folder)[0]);
}

/** Installs the tarball as npm installs a package that has neither dependencies nor scripts. */
export async function install(tarball) {
  const folder = join(HERE, "node_modules/eventsource-wasm");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", folder, "--strip-components", "1"]);
}
