// Prints the size of each file that is downloaded, and fails if one is over its budget:
//
//   npm run size
//
// The figures are bytes: raw, compressed by gzip, and compressed by brotli. The budgets are for gzip.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, CORE } from "./build.mjs";
import { ROOT } from "./shell.mjs";

const BUDGETS = {
  [CORE]: 18_400,
  "pkg/eventsource.js": 25_400,
  "pkg/eventsource.classic.js": 25_450,
  "pkg/slim.js": 7_300,
  "pkg/js.js": 32_650,
  "pkg/eventsource.core.js": 27_500,
  "pkg/workerd.js": 6_950,
  "pkg/edge.js": 6_950,
  "pkg/polyfill.js": 250,
  "pkg/polyfill.workerd.js": 250,
  "pkg/polyfill.edge.js": 250,
};

/** Prints all sizes. Returns how many files keep within their budgets, and how many do not. */
export function checkSizes() {
  const entries = readdirSync(join(ROOT, "pkg")).filter((name) => name.endsWith(".js"));
  const count = { passed: 0, failed: 0 };
  for (const path of [CORE, ...entries.map((name) => `pkg/${name}`)]) {
    const bytes = readFileSync(join(ROOT, path));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    const brotli = brotliCompressSync(bytes).length;
    const isKept = gzip <= BUDGETS[path];
    count[isKept ? "passed" : "failed"]++;
    const figures = [bytes.length, gzip, brotli].map((figure) => `${figure}`.padStart(7));
    const verdict = isKept ? "" : `  over its budget of ${BUDGETS[path]} by gzip`;
    console.log(`${path.padEnd(28)}${figures.join("")}${verdict}`);
  }
  return count;
}

if (process.argv[1] === import.meta.filename) {
  await build();
  console.log(`${"".padEnd(28)}    raw   gzip brotli`);
  process.exitCode = checkSizes().failed > 0 ? 1 : 0;
}
