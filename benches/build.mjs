// Builds the package, the parser alone as WebAssembly, and the page that measures both.

import { join } from "node:path";
import { build as bundle } from "esbuild";
import { build, configuration } from "../scripts/build.mjs";
import { cargoTool } from "../scripts/setup.mjs";
import { newest, oldest, ROOT, run } from "../scripts/shell.mjs";

const TARGET = "wasm32-unknown-unknown";
const BUILT = `target/${TARGET}/release/examples/pieces.wasm`;
const WASM = "target/bench/pieces_bg.wasm";

/** @returns {Promise<{ script: string, module: string }>} for browsers and for Node */
export async function buildPage() {
  await build();
  await run("cargo", [
    ...["build", "--release", "--locked", "--target", TARGET],
    ...["--example", "pieces", ...(await configuration())],
  ]);
  if (newest(BUILT) > oldest(WASM)) {
    const wasmBindgen = join(await cargoTool("wasm-bindgen-cli"), "wasm-bindgen");
    await run(wasmBindgen, [
      ...["--target", "web", "--omit-default-module-path", "--no-typescript"],
      ...["--out-dir", "target/bench", BUILT],
    ]);
    await run("node_modules/.bin/wasm-opt", ["-O3", WASM, "-o", WASM]);
  }
  return { script: await page("iife"), module: await page("esm") };
}

async function page(format) {
  const { outputFiles } = await bundle({
    absWorkingDir: ROOT,
    entryPoints: ["benches/page.js"],
    bundle: true,
    format,
    target: "es2022",
    loader: { ".wasm": "binary" },
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}
