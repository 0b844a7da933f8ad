// Runs every test, one suite after the other, and counts them all. `npm test -- native browser` runs only the
// suites with these names.

import { run as fuzz } from "../fuzz/run.mjs";
import { build } from "./build.mjs";
import { counts } from "./counts.mjs";
import { runHeadlessTests } from "./headless.mjs";
import { installPackages } from "./setup.mjs";
import { run } from "./shell.mjs";
import { checkSizes } from "./size.mjs";

/** Checks that the benchmark runs, and that no event is lost or changed. Does not check how fast it is. */
const QUICK_BENCHMARK = ["--engine", "node", "--workload", "tiny", "--rounds", "1"];
const IS_CI = process.env.CI === "true";
const BIN = "node_modules/.bin";
const CLIPPY = ["clippy", "--locked", "--all-targets"];
const DENY_WARNINGS = IS_CI ? ["--", "--deny", "warnings"] : [];

/** Each suite returns how many tests passed and failed. If it throws, that counts as one failure. */
const SUITES = {
  "rust format": () => check("cargo", "fmt", "--check"),
  "rust lints": () => check("cargo", ...CLIPPY, ...DENY_WARNINGS),
  "wasm lints": () =>
    check("cargo", ...CLIPPY, "--target", "wasm32-unknown-unknown", ...DENY_WARNINGS),
  "js lints": () => check(`${BIN}/biome`, "check", ...(IS_CI ? ["--error-on-warnings"] : [])),
  types: () => checkTypes(),
  size: async () => checkSizes(),
  syntax: async () => (await import("../tests/syntax/run.mjs")).run(),
  native: async () => counts(await run("cargo", ["test", "--locked"])),
  fuzz: () => fuzz(),
  headless: () => runHeadlessTests(),
  // Imported only now, because they need packages that the build installs.
  package: async () => (await import("../tests/everywhere/run.mjs")).runOwn(),
  libraries: async () => (await import("../tests/libraries/run.mjs")).run(),
  browser: async () => (await import("../tests/browser/run.mjs")).run(),
  lifecycle: async () => (await import("../tests/browser/lifecycle.mjs")).run(),
  benchmark: () => check("npm", "run", "bench", "--", ...QUICK_BENCHMARK),
};

async function check(command, ...args) {
  await run(command, args);
  return { passed: 1, failed: 0 };
}

/** Checks the types with the DOM's types, with none, with Node's, and with those of workers. */
async function checkTypes() {
  const elsewhere = ["--project", "tests/types/elsewhere"];
  const projects = [
    ["--project", "tests/types"],
    elsewhere,
    [...elsewhere, "--types", "node"],
    [...elsewhere, "--lib", "es2022,webworker"],
  ];
  for (const args of projects) await check(`${BIN}/tsc`, ...args);
  return { passed: projects.length, failed: 0 };
}

await build();
await installPackages();
const total = { passed: 0, failed: 0 };
const summary = [];
const wanted = process.argv.slice(2);
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name}`);
  const { passed, failed } = await suite().catch((error) => {
    console.error(error.message);
    const found = counts(error.output ?? "");
    return { ...found, failed: Math.max(found.failed, 1) };
  });
  total.passed += passed;
  total.failed += failed;
  summary.push(`${failed > 0 ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed`);
}
console.log(`\n${summary.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
