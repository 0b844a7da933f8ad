// Fuzzes each target in turn, all together for so many seconds:
//
//   node fuzz/run.mjs [seconds] [--target parser|mime|connection]… [--seed number]
//
// libFuzzer with the stable compiler: it needs a C++ compiler, and no cargo-fuzz. The inputs in
// fuzz/corpus run first. What is found worth keeping goes to target/fuzz-corpus, where the next run
// finds it. An input that fails is made as small as it gets, and printed.

import { mkdirSync, readFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run as shell, which } from "../scripts/shell.mjs";

const TARGETS = ["parser", "mime", "connection"];
const MINIMISING_SECONDS = 20;
const GROWN = "target/fuzz-corpus";
const FAILURES = "target/fuzz-failures";
const CARGO_OPTIONS = [
  ...["--config", "fuzz/.cargo/config.toml"],
  ...["--manifest-path", "fuzz/Cargo.toml"],
  ...["--target-dir", process.env.CARGO_TARGET_DIR ?? "target/fuzz"],
  "--release",
];

/**
 * @param {object} [options]
 * @param {number} [options.seconds]    of all targets together
 * @param {string[]} [options.target]   all unless told
 * @param {number} [options.seed]       a random one unless told
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function run({ seconds = 60, target = TARGETS, seed = randomSeed() } = {}) {
  if (!which("c++")) {
    console.log("fuzz: not run. libFuzzer needs a C++ compiler: install g++.");
    return { passed: 0, failed: process.env.CI === "true" ? 1 : 0 };
  }
  await shell("cargo", ["build", ...CARGO_OPTIONS]);
  const total = { passed: 0, failed: 0 };
  for (const name of target) {
    const failing = await fuzz(name, Math.ceil(seconds / target.length), seed);
    if (failing) report(name, await minimise(name, failing));
    total[failing ? "failed" : "passed"]++;
  }
  return total;
}

/** Resolves with the path of an input that fails, if one is found. */
async function fuzz(name, seconds, seed) {
  console.log(`${name}: ${seconds} s, seed ${seed}`);
  const grown = folder(`${GROWN}/${name}`);
  const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-rss_limit_mb=1024"];
  const words = `-dict=fuzz/dictionaries/${name}`;
  try {
    const output = await libFuzzer(
      name,
      ...[...limits, words, `-seed=${seed}`, "-print_final_stats=1", "-verbosity=0"],
      ...[grown, `fuzz/corpus/${name}`],
    );
    console.log(`${output.match(/number_of_executed_units: (\d+)/)[1]} inputs`);
    return undefined;
  } catch (error) {
    console.log(error.output ?? "");
    const failing = error.output?.match(/Test unit written to (.+)/)?.[1];
    if (!failing) throw error;
    return failing;
  }
}

/** libFuzzer writes a file for every step on the way to the smallest. Resolves with the last one's path. */
async function minimise(name, failing) {
  const limit = `-max_total_time=${MINIMISING_SECONDS}`;
  const output = await libFuzzer(name, "-minimize_crash=1", limit, failing).catch(
    (error) => error.output ?? "",
  );
  const steps = [...output.matchAll(/'(\S*minimized-from-\S*)'/g)];
  return steps.at(-1)?.[1] ?? failing;
}

function report(name, path) {
  const readable = (byte) => {
    if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, "0")}`;
    return String.fromCharCode(byte).replace(/["\\]/, "\\$&");
  };
  const bytes = [...readFileSync(path)].map(readable).join("");
  console.log(`${name} fails with b"${bytes}"\nwhich is in ${path}`);
}

function libFuzzer(name, ...options) {
  const failures = `-artifact_prefix=${folder(`${FAILURES}/${name}`)}/`;
  const args = ["run", ...CARGO_OPTIONS, "--bin", name, "--", failures, ...options];
  return shell("cargo", args, { quiet: true });
}

/** Paths are the project's: so are the folders that `shell` runs its commands in. */
function folder(path) {
  mkdirSync(new URL(`../${path}`, import.meta.url), { recursive: true });
  return path;
}

function randomSeed() {
  return 1 + Math.floor(Math.random() * 0x7fffffff);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { target: { type: "string", multiple: true }, seed: { type: "string" } },
  });
  const seconds = positionals.length > 0 ? Number(positionals[0]) : undefined;
  if (Number.isNaN(seconds)) throw new Error(`"${positionals[0]}" is no number of seconds.`);
  const { passed, failed } = await run({ ...values, seconds });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
