// Makes the suite one classic script, in three variants:
// - with the package, as a user's bundler finds it through the package's exports;
// - with the entry whose core is JavaScript;
// - with `globalThis.EventSource`, which comes from the page's classic script or from the browser.

import { build } from "esbuild";
import { root } from "./server.mjs";

const globalClass = {
  name: "global-class",
  setup(builder) {
    const filter = /^eventsource-wasm$/;
    builder.onResolve({ filter }, ({ path }) => ({ path, namespace: "global-class" }));
    builder.onLoad({ filter, namespace: "global-class" }, () => ({
      contents: "export const EventSource = globalThis.EventSource;",
    }));
  },
};

async function bundle(options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["tests/browser/realm.js"],
    bundle: true,
    format: "iife",
    banner: { js: '"use strict";' },
    target: "es2022",
    // The suite tests the names of classes and functions.
    keepNames: true,
    // The manifest says that only the package's entries have side effects, but the suite has some, too.
    ignoreAnnotations: true,
    write: false,
    logLevel: "error",
    ...options,
  });
  return outputFiles[0].text;
}

/** @returns {Promise<Map<string, string>>} path → text */
export async function bundles({ native }) {
  const made = new Map([["/bundle/global.js", await bundle({ plugins: [globalClass] })]]);
  if (!native) {
    made.set("/bundle/package.js", await bundle({}));
    const alias = { "eventsource-wasm": "eventsource-wasm/js" };
    made.set("/bundle/js.js", await bundle({ alias }));
    made.set(
      "/bundle/classic-worker.js",
      'importScripts("/pkg/eventsource.classic.js", "/bundle/global.js");',
    );
  }
  return made;
}
