// Builds the npm package in pkg/: Rust → WebAssembly → bindings → optimised → inlined in JavaScript.
//
// Each step is skipped where its results are newer than what it reads. Cargo knows by itself.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { cargoTool, nodeModules, rustTarget } from "./setup.mjs";
import { newest, oldest, ROOT, run } from "./shell.mjs";

const BUILT = "target/wasm32-unknown-unknown/release/eventsource_wasm.wasm";
const BINDGEN = "target/bindgen";
const WASM = `${BINDGEN}/eventsource_wasm_bg.wasm`;
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

export async function build() {
  await nodeModules();
  await rustTarget();
  const wasmBindgen = join(await cargoTool("wasm-bindgen-cli"), "wasm-bindgen");
  await run("cargo", [
    "build",
    "--release",
    "--lib",
    "--locked",
    "--target",
    "wasm32-unknown-unknown",
  ]);
  if (newest(BUILT, "src/js", "scripts", "package-lock.json") < oldest(STAMP, "pkg/eventsource.js"))
    return;

  await run(wasmBindgen, [
    ...[
      "--target",
      "web",
      "--omit-default-module-path",
      "--no-typescript",
      "--remove-name-section",
    ],
    ...["--out-dir", BINDGEN, BUILT],
  ]);
  await trimGlue();
  await binaryen("wasm-opt", "-O3", "--strip-debug", "--strip-producers", WASM, "-o", WASM);
  await bundle();
  writeFileSync(join(ROOT, STAMP), "");
  console.log("Built the package in pkg/.");
}

function binaryen(tool, ...args) {
  return run(`node_modules/.bin/${tool}`, [...WASM_FEATURES, ...args]);
}

/**
 * The names between the two halves end in a hash each, which is there twice and deflates to nothing;
 * and the wasm is never loaded from a Response, nor with parameters that are deprecated.
 */
async function trimGlue() {
  const glue = join(ROOT, BINDGEN, "eventsource_wasm.js");
  const text = join(ROOT, BINDGEN, "eventsource_wasm.wat");
  await binaryen("wasm-dis", WASM, "-o", text);
  const source = readFileSync(glue, "utf8");
  const names = [...new Set(source.match(/\b__wb(?:g|indgen)_\w+_[0-9a-f]{16}\b/g))];
  const short = (name) => `i${names.indexOf(name).toString(36)}`;
  const pattern = new RegExp(`\\b(?:${names.join("|")})\\b`, "g");
  for (const file of [glue, text]) {
    writeFileSync(file, readFileSync(file, "utf8").replace(pattern, short));
  }
  const loaded = readFileSync(glue, "utf8")
    .replace("typeof Response === 'function' && module instanceof Response", "false")
    .replace(/console\.warn\('using deprecated.*\)/g, "");
  writeFileSync(glue, loaded);
  await binaryen("wasm-as", text, "-o", WASM);
}

/** Base64 of the deflated bytes: a third smaller on its way, deflated once more, than without. */
const inlineWasm = {
  name: "inline-wasm",
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: deflateRawSync(readFileSync(path), { level: 9 }),
      loader: "base64",
    }));
  },
};

async function bundle() {
  const esbuild = await import("esbuild");
  rmSync(join(ROOT, "pkg"), { recursive: true, force: true });
  mkdirSync(join(ROOT, "pkg"));
  const options = {
    absWorkingDir: ROOT,
    outdir: "pkg",
    bundle: true,
    minify: true,
    target: "es2022",
    legalComments: "none",
    plugins: [inlineWasm],
    logLevel: "warning",
  };
  await esbuild.build({ ...options, entryPoints: ["src/js/eventsource.js"], format: "esm" });
  await esbuild.build({
    ...options,
    entryPoints: { "eventsource.classic": "src/js/classic.js" },
    format: "iife",
  });
  await esbuild.build({ ...options, entryPoints: ["src/js/polyfill.js"], bundle: false });
  for (const types of ["eventsource.d.ts", "polyfill.d.ts"]) {
    copyFileSync(join(ROOT, "src/js", types), join(ROOT, "pkg", types));
  }
}

if (process.argv[1] === import.meta.filename) await build();
