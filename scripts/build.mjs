// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// A step is skipped if its results are newer than its sources. Cargo decides that for itself.

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
const TARGETS = { [BINDGEN]: "target/simd", [BINDGEN_JS]: "target/js" };
/** esbuild puts a file of this name first, where gzip does not mix it with other text. */
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
 * Two of these make the deflated code smaller: large functions that are called once are not inlined, and
 * control flow is flattened and structured again.
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
 * The standard library is compiled with the core, so that a panic only traps. Nobody would read its message,
 * which is 3 kB by gzip and names folders of the machine. The library's features only add to that message.
 */
const STANDARD_LIBRARY = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="];
const TRAPS = ["-Zunstable-options", "-Cpanic=immediate-abort"];
/** Makes the stable compiler accept these options. */
const UNSTABLE = { RUSTC_BOOTSTRAP: "1" };

/** wasm2js translates neither SIMD nor references to JavaScript objects. */
const FLAGS_FOR_JS = ["-Ctarget-cpu=mvp", "-Ctarget-feature=-simd128,+bulk-memory"];

export async function build() {
  await nodeModules();
  await rustToolchain();
  await Promise.all([compile(BINDGEN), compile(BINDGEN_JS, FLAGS_FOR_JS)]);
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

async function compile(folder, flags = []) {
  const rustflags = JSON.stringify([...TRAPS, ...flags]);
  await run(
    "cargo",
    [
      ...["build", "--release", "--lib", "--locked", ...STANDARD_LIBRARY],
      ...["--target", TARGET, "--target-dir", TARGETS[folder]],
      ...["--config", `target.${TARGET}.rustflags=${rustflags}`],
    ],
    { env: UNSTABLE },
  );
}

function binaryen(tool, ...args) {
  return run(`node_modules/.bin/${tool}`, [...WASM_FEATURES, ...args], { quiet: true });
}

/** Makes the bindings and core.wasm, which refer to each other by short names. */
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

/** Makes core.js: a module with one function, which instantiates the core when it is called. */
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
