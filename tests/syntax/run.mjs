// Parses every shipped script in the oldest engine that docs/platforms.md names. One syntax error would stop a
// whole bundle, and with it whatever the page does without the class.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { nodeModules } from "../../scripts/setup.mjs";
import { ROOT, run as shell } from "../../scripts/shell.mjs";

const HERE = "tests/syntax";

/** For that engine's own Node: a module is parsed, not linked. */
const PARSE = `
  const { SourceTextModule, Script } = require("vm");
  const text = require("fs").readFileSync(process.argv[1], "utf8");
  if (/\\.cjs$|classic/.test(process.argv[1])) new Script("(function () {" + text + "\\n})");
  else new SourceTextModule(text);
`;

export async function run() {
  await nodeModules(HERE);
  const node = join(ROOT, HERE, "node_modules/node14/bin/node");
  if (!existsSync(node)) {
    console.log("There is no Node 14 for this machine; its parser was not asked.");
    return { passed: 0, failed: 0 };
  }
  const total = { passed: 0, failed: 0 };
  for (const file of readdirSync(join(ROOT, "pkg")).filter((name) => /\.c?js$/.test(name))) {
    const args = ["--no-warnings", "--experimental-vm-modules", "--eval", PARSE];
    await shell(node, [...args, join(ROOT, "pkg", file)], { quiet: true }).then(
      () => total.passed++,
      () => {
        console.log(`${file}: FAILED to parse`);
        total.failed++;
      },
    );
  }
  return total;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
