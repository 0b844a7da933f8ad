// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// Each step is skipped where its results are newer than what it reads. Cargo knows by itself.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, DOCUMENTS } from "./bundle.mjs";
import { editGlue } from "./glue.mjs";
import { replace } from "./replace.mjs";
import { cargoTool, nodeModules, rustToolchain } from "./setup.mjs";
import { newest, oldest, ROOT, run } from "./shell.mjs";

const TARGET = "wasm32-unknown-unknown";
const GLUE = "eventsource_wasm_bg.js";
const WASM = "eventsource_wasm_bg.wasm";
/** The core is compiled twice: as it is used, and as wasm2js can translate it. */
const BINDGEN = "target/bindgen";
const BINDGEN_JS = "target/bindgen-js";
export const SIMD = "target/simd";
const TARGETS = { [BINDGEN]: SIMD, [BINDGEN_JS]: "target/js" };
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
  "--low-memory-unused",
  "-O3",
  "--one-caller-inline-max-function-size=300",
  "--flatten",
  "--rereloop",
  "-O3",
  "--strip-producers",
  "--strip-target-features",
  "--minify-imports-and-exports-and-modules",
];

/**
 * The standard library is compiled anew, so that a panic traps where it is and says nothing: nobody would
 * read it, it is 3 kB by gzip, and it names folders of the machine. Its features only add to what it says.
 */
const STANDARD_LIBRARY = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="];
const TRAPS = ["-Zunstable-options", "-Cpanic=immediate-abort"];
/** Has the stable compiler do that. */
const UNSTABLE = { RUSTC_BOOTSTRAP: "1" };

/** What wasm2js translates has no SIMD and no references to JavaScript's objects. */
const FLAGS_FOR_JS = ["-Ctarget-cpu=mvp", "-Ctarget-feature=-simd128,+bulk-memory"];

export async function build() {
  await nodeModules();
  await rustToolchain();
  await Promise.all([
    compile("--lib", TARGETS[BINDGEN]),
    compile("--lib", TARGETS[BINDGEN_JS], FLAGS_FOR_JS),
  ]);
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

const builtFor = (folder) => compiled(TARGETS[folder], "eventsource_wasm");

/** Where cargo puts what it has compiled in a folder. */
export const compiled = (folder, name) => `${folder}/${TARGET}/release/${name}.wasm`;

/** Compiles something of the crate, each folder with the same flags every time. */
export async function compile(what, folder, flags = []) {
  const rustflags = JSON.stringify([...TRAPS, ...flags]);
  await run(
    "cargo",
    [
      ...["build", "--release", ...what.split(" "), "--locked", ...STANDARD_LIBRARY],
      ...["--target", TARGET, "--target-dir", folder],
      ...["--config", `target.${TARGET}.rustflags=${rustflags}`],
    ],
    { env: UNSTABLE },
  );
}

function binaryen(tool, ...args) {
  return run(`node_modules/.bin/${tool}`, [...WASM_FEATURES, ...args], { quiet: true });
}

/** Makes the bindings and core.wasm, with short names between the two. */
async function bind(folder) {
  const wasmBindgen = join(await cargoTool("wasm-bindgen-cli"), "wasm-bindgen");
  const args = ["--target", "bundler", "--no-typescript", "--encode-into", "always"];
  await run(wasmBindgen, [...args, "--out-dir", folder, builtFor(folder)]);
  const out = ["-o", `${folder}/core.wasm`];
  const names = await binaryen("wasm-opt", `${folder}/${WASM}`, ...PASSES, ...out);
  const path = join(ROOT, folder, GLUE);
  const options = { isTranslated: folder === BINDGEN_JS };
  const glue = await editGlue(readFileSync(path, "utf8"), JSON.parse(names), options);
  writeFileSync(path, glue);
}

/** Makes core.js: a module whose one function instantiates when it is called, not when it is imported. */
async function translate() {
  const path = join(ROOT, BINDGEN_JS, "core.js");
  await binaryen("wasm2js", "-O3", `${BINDGEN_JS}/core.wasm`, "-o", path);
  const core = replace(readFileSync(path, "utf8"), {
    what: "what wasm2js writes around its function",
    pattern: /^import .*\n([\s\S]*)\nvar retasmFunc = [\s\S]*$/g,
    replacement: "$1export { asmFunc };\n",
    count: 1,
  });
  writeFileSync(path, core);
}

if (process.argv[1] === import.meta.filename) await build();
