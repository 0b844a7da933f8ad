// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// Each step is skipped where its results are newer than what it reads. Cargo knows by itself.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { cargoTool, nodeModules, rustTarget } from "./setup.mjs";
import { newest, oldest, ROOT, run } from "./shell.mjs";

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
 * Functions of the standard library that never return, or write what is said then; and of js_sys, those
 * for tasks that switch stacks, which none does.
 */
const DEAD =
  /jspi::task_waker|panicking|::fmt::|slice_index_fail|unwrap_failed|handle_alloc_error|handle_error|capacity_overflow/;

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
  await trim();
  await binaryen(
    "wasm-opt",
    "--low-memory-unused",
    "-O3",
    "--strip-debug",
    "--strip-producers",
    WASM,
    "-o",
    CORE,
  );
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

/**
 * Shortens the names between the two halves, which are there twice and end in hashes, and makes one
 * object of what the wasm imports. What the standard library says when it panics is left out: a panic
 * traps, and nobody reads why. (In development builds console_error_panic_hook tells.)
 */
async function trim() {
  const text = join(ROOT, BINDGEN, "eventsource_wasm.wat");
  await binaryen("wasm-dis", WASM, "-o", text);
  let wasm = readFileSync(text, "utf8");
  let glue = readFileSync(join(ROOT, GLUE), "utf8");

  const imports = [];
  wasm = wasm.replace(/^ \(import ".+?" "(\w+)"/gm, (_, name) => {
    const short = `i${imports.push(name) - 1}`;
    return ` (import "" "${short}"`;
  });
  const methods = [];
  glue = glue.replace(
    /^export function (\w+)(\(.*\n(?: .*\n|\n)*\}.*)\n/gm,
    (whole, name, rest) => {
      const index = imports.indexOf(name);
      if (index < 0) return whole;
      methods.push(`i${index}${rest},`);
      return "";
    },
  );
  glue += `export const imports = {\n${methods.join("\n")}\n};\n`;

  const exports = [];
  wasm = wasm.replace(/^ \(export "(\w+)" .*\n/gm, (line, name) => {
    if (name === "__wbindgen_start") return line;
    const used = new RegExp(`\\bwasm\\.${name}\\b`, "g");
    if (!used.test(glue)) return "";
    const short = `e${exports.push(name) - 1}`;
    glue = glue.replace(used, `wasm.${short}`);
    return line.replace(name, short);
  });

  wasm = wasm.replace(/^( \(func \$.*\n)(?: {2}.*\n)* \)$/gm, (whole, head) =>
    DEAD.test(head) ? `${head}  (unreachable)\n )` : whole,
  );
  writeFileSync(text, wasm);
  writeFileSync(join(ROOT, GLUE), glue);
  await binaryen("wasm-as", text, "-o", WASM);
}

if (process.argv[1] === import.meta.filename) await build();
