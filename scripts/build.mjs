// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// Each step is skipped where its results are newer than what it reads. Cargo knows by itself.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { cargoTool, nodeModules, rustTarget } from "./setup.mjs";
import { newest, oldest, ROOT, run } from "./shell.mjs";
import { shorten, trim } from "./trim.mjs";

const TARGET = "wasm32-unknown-unknown";
const BUILT = `target/${TARGET}/release/eventsource_wasm.wasm`;
const BINDGEN = "target/bindgen";
const GLUE = `${BINDGEN}/eventsource_wasm_bg.js`;
const WASM = `${BINDGEN}/eventsource_wasm_bg.wasm`;
/** Of this name, it is imported first, and so stands where gzip does not mix it with other text. */
export const CORE = `${BINDGEN}/core.wasm`;
const STAMP = "target/package-is-built";
const WASM_FEATURES = [
  "--enable-bulk-memory",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-multivalue",
  "--enable-sign-ext",
  "--enable-simd",
];

/**
 * A large function that is called once is smaller, deflated, if it stays one; and so is code whose
 * structure is lost and found anew.
 */
const PASSES = [
  "-O3",
  "--one-caller-inline-max-function-size=300",
  "--flatten",
  "--rereloop",
  "-O3",
];

export async function build() {
  await nodeModules();
  await rustTarget();
  const wasmBindgen = join(await cargoTool("wasm-bindgen-cli"), "wasm-bindgen");
  const flags = JSON.stringify((await machinePaths()).map(remap));
  await run("cargo", [
    ...["build", "--release", "--lib", "--locked", "--target", TARGET],
    ...["--config", `target.${TARGET}.rustflags=${flags}`],
  ]);
  if (
    newest(BUILT, "src/js", "scripts", "package.json", "package-lock.json") <
    oldest(STAMP, "pkg/eventsource.js")
  )
    return;

  await run(wasmBindgen, ["--target", "bundler", "--no-typescript", "--out-dir", BINDGEN, BUILT]);
  await optimise();
  await bundle(join(ROOT, CORE));
  writeFileSync(join(ROOT, STAMP), "");
  console.log("Built the package in pkg/.");
}

/**
 * Where this machine has the sources, which panics name, and what the WebAssembly says instead, so that
 * every machine makes the same: as the standard library does where its sources are not installed.
 */
async function machinePaths() {
  const said = (...command) => run(command[0], command.slice(1), { quiet: true });
  const [sysroot, version, metadata] = await Promise.all([
    said("rustc", "--print", "sysroot"),
    said("rustc", "--verbose", "--version"),
    said("cargo", "metadata", "--quiet", "--locked", "--format-version", "1"),
  ]);
  const [, commit] = version.match(/^commit-hash: (.+)$/m);
  const crates = JSON.parse(metadata).packages.filter(({ source }) => source);
  const folders = new Set(crates.map(({ manifest_path }) => join(manifest_path, "../..")));
  return [
    [join(sysroot.trim(), "lib/rustlib/src/rust"), `/rustc/${commit}`],
    ...[...folders].map((folder) => [folder, "crates"]),
  ];
}

const remap = ([from, to]) => `--remap-path-prefix=${from}=${to}`;

function binaryen(tool, ...args) {
  return run(`node_modules/.bin/${tool}`, [...WASM_FEATURES, ...args]);
}

/** Optimises the wasm and its glue, as text, after what neither needs has been left out. */
async function optimise() {
  const text = join(ROOT, BINDGEN, "eventsource_wasm.wat");
  await binaryen("wasm-dis", WASM, "-o", text);
  const [wasm, glue] = trim(readFileSync(text, "utf8"), readFileSync(join(ROOT, GLUE), "utf8"));
  writeFileSync(text, wasm);
  await binaryen("wasm-opt", "--low-memory-unused", ...PASSES, text, "-S", "-o", text);
  const [core, rest] = shorten(readFileSync(text, "utf8"), glue);
  writeFileSync(text, core);
  writeFileSync(join(ROOT, GLUE), rest);
  await binaryen("wasm-as", text, "-o", CORE);
}

if (process.argv[1] === import.meta.filename) await build();
