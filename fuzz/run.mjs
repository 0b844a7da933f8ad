// Fuzzes the targets one after the other, for so many seconds in all:
//
//   node fuzz/run.mjs [seconds] [--target parser|mime|connection]… [--seed number]
//
// It uses libFuzzer with the stable compiler. That needs a C++ compiler, but not cargo-fuzz. The inputs in
// fuzz/corpus run first. New inputs that reach more code go to target/fuzz-corpus, and the next run begins
// with them, too. An input that fails is made as small as possible, and printed.

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
 * @param {number} [options.seconds]    for all targets together
 * @param {string[]} [options.target]   by default, all
 * @param {number} [options.seed]       by default, a random one
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function run({ seconds = 60, target = TARGETS, seed = randomSeed() } = {}) {
  if (!which("c++")) {
    console.log("fuzz: not run, because libFuzzer needs a C++ compiler. Install g++.");
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

/** Resolves with the path of an input that fails, or with undefined if none is found. */
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

/**
 * Resolves with the path of the smallest input that fails. libFuzzer writes a file for each step; the last is
 * it.
 */
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
  console.log(`${name} fails with b"${bytes}"\nThis input is in ${path}.`);
}

function libFuzzer(name, ...options) {
  const failures = `-artifact_prefix=${folder(`${FAILURES}/${name}`)}/`;
  const args = ["run", ...CARGO_OPTIONS, "--bin", name, "--", failures, ...options];
  return shell("cargo", args, { quiet: true });
}

/** `path` is relative to the project's folder, because `shell` runs its commands there. */
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
  if (Number.isNaN(seconds)) throw new Error(`"${positionals[0]}" is not a number of seconds.`);
  const { passed, failed } = await run({ ...values, seconds });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
