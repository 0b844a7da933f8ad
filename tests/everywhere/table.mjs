// Writes the runtimes and bundlers that have passed into docs/platforms.md, between two markers.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "../../scripts/shell.mjs";
import { chromium } from "../browser/launch.mjs";
import { HERE } from "./install.mjs";

const PLATFORMS = join(ROOT, "docs/platforms.md");
const BETWEEN =
  /(?<=<!-- compatibility: npm run test:everywhere -->\n)[\s\S]*(?=<!-- \/compatibility -->)/;

export async function writeTable(runtimes, bundlers) {
  const rows = [["", "version", "tested by"]];
  for (const [name, { version, prepare: _, ...ways }] of Object.entries(runtimes)) {
    rows.push([name, await numberOf(version), Object.keys(ways).join(", ")]);
  }
  const { found } = chromium();
  const browser = await numberOf([found, "--version"]);
  for (const [name, { version, path, needsWasm }] of Object.entries(bundlers)) {
    const page = `a page in Chromium ${browser}${needsWasm ? "" : ", without WebAssembly too"}`;
    rows.push([name, await numberOf(version), path ? "a route on the server" : page]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  const table = [line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n");
  const text = readFileSync(PLATFORMS, "utf8");
  writeFileSync(PLATFORMS, text.replace(BETWEEN, `\n${table}\n\n`));
}

/** The first part of the command's output that looks like a version. */
async function numberOf([command, ...args]) {
  const said = await run(command, args, { cwd: HERE, quiet: true });
  return said.match(/\d+(\.\d+)+|\d{4}-\d\d-\d\d/)[0];
}
