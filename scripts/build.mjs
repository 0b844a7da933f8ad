// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// Each step is skipped where its results are newer than what it reads. Cargo knows by itself.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, DOCUMENTS } from "./bundle.mjs";
import { cargoTool, nodeModules, rustTarget } from "./setup.mjs";
import { newest, oldest, ROOT, run } from "./shell.mjs";
import { shorten, trim } from "./trim.mjs";

const TARGET = "wasm32-unknown-unknown";
const GLUE = "eventsource_wasm_bg.js";
const WASM = "eventsource_wasm_bg.wasm";
/** The core is compiled twice: as it is used, and as wasm2js can translate it. */
const BINDGEN = "target/bindgen";
const BINDGEN_JS = "target/bindgen-js";
const TARGETS = { [BINDGEN]: "target", [BINDGEN_JS]: "target/js" };
/** Of this name, it is imported first, and so stands where gzip does not mix it with other text. */
export const CORE = `${BINDGEN}/core.wasm`;
const STAMP = "target/package-is-built";
const MANIFESTS = ["package.json", "package-lock.json"];
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

/**
 * What wasm2js translates has no SIMD and no references to JavaScript's objects. wasm-bindgen goes by the
 * linker's list, to which the standard library, compiled already, would add.
 */
const FLAGS_FOR_JS = [
  "-Ctarget-cpu=mvp",
  "-Ctarget-feature=-simd128,+bulk-memory",
  "-Clink-arg=--features=bulk-memory,mutable-globals",
  "-Clink-arg=--no-check-features",
];

export async function build() {
  await nodeModules();
  await rustTarget();
  await compile(BINDGEN);
  await compile(BINDGEN_JS, FLAGS_FOR_JS);
  const built = Object.keys(TARGETS).map(builtFor);
  if (
    newest(...built, "src/js", "scripts", ...MANIFESTS, ...DOCUMENTS) <
    oldest(STAMP, "pkg/eventsource.js")
  )
    return;

  await Promise.all(Object.keys(TARGETS).map(bind));
  await translate();
  await bundle(join(ROOT, CORE));
  writeFileSync(join(ROOT, STAMP), "");
  console.log("Built the package in pkg/.");
}

const builtFor = (folder) => `${TARGETS[folder]}/${TARGET}/release/eventsource_wasm.wasm`;

async function compile(folder, flags) {
  await run("cargo", [
    ...["build", "--release", "--lib", "--locked"],
    ...["--target", TARGET, "--target-dir", TARGETS[folder], ...(await configuration(flags))],
  ]);
}

let remaps;

async function configuration(flags = []) {
  remaps ??= (await machinePaths()).map(remap);
  return ["--config", `target.${TARGET}.rustflags=${JSON.stringify([...remaps, ...flags])}`];
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

/** Makes the bindings and core.wasm: both optimised, as text, after what neither needs has been left out. */
async function bind(folder) {
  const wasmBindgen = join(await cargoTool("wasm-bindgen-cli"), "wasm-bindgen");
  const args = ["--target", "bundler", "--no-typescript", "--out-dir", folder];
  await run(wasmBindgen, [...args, builtFor(folder)]);
  const text = join(ROOT, folder, "eventsource_wasm.wat");
  const gluePath = join(ROOT, folder, GLUE);
  await binaryen("wasm-dis", `${folder}/${WASM}`, "-o", text);
  const [wasm, glue] = trim(readFileSync(text, "utf8"), readFileSync(gluePath, "utf8"));
  writeFileSync(text, wasm);
  await binaryen("wasm-opt", "--low-memory-unused", ...PASSES, text, "-S", "-o", text);
  const [core, rest] = shorten(readFileSync(text, "utf8"), glue);
  writeFileSync(text, core);
  writeFileSync(gluePath, rest);
  await binaryen("wasm-as", text, "-o", `${folder}/core.wasm`);
}

/**
 * Makes core.js: a module whose one function instantiates when it is called, not when it is imported. In
 * JavaScript, a memory that has grown leaves its old buffer as it was instead of detaching it, so the
 * bindings have to compare.
 */
async function translate() {
  const core = join(ROOT, BINDGEN_JS, "core.js");
  await binaryen("wasm2js", "-O3", `${BINDGEN_JS}/core.wasm`, "-o", core);
  const [, asmFunc] = readFileSync(core, "utf8").match(/^import .*\n([\s\S]*)\nvar retasmFunc = /);
  writeFileSync(core, `${asmFunc}export { asmFunc };\n`);

  const path = join(ROOT, BINDGEN_JS, GLUE);
  const isOld = /\((cached\w+) === null \|\| .*(\) \{\n.* = new \w+\((.*)\);)/g;
  const glue = readFileSync(path, "utf8").replace(isOld, "($1?.buffer !== $3$2");
  writeFileSync(path, glue);
}

if (process.argv[1] === import.meta.filename) await build();
