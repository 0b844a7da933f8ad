// Builds the package, and the page that measures it and the other contenders.

import { build as bundle } from "esbuild";
import { build } from "../scripts/build.mjs";
import { ROOT } from "../scripts/shell.mjs";

/** @returns {Promise<{ script: string, module: string }>} for browsers and for Node */
export async function buildPage() {
  await build();
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
