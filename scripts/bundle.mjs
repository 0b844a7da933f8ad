// Bundles the entries of src/js/entries into pkg/, which is the npm package. Each becomes a single file, so
// it needs no other file at run time, unless a comment here says so.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { replace } from "./replace.mjs";
import { ROOT } from "./shell.mjs";

const ENTRIES = "src/js/entries";
const PKG = join(ROOT, "pkg");
/** The README, and everything it links to. */
export const DOCUMENTS = [
  ...["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"],
  ...["docs/platforms.md", "docs/behaviour.md", "docs/performance.md", "docs/bench.svg"],
];

/**
 * Each file in pkg/, with its entry. If a second file is named, the bundle imports that one from next to
 * itself, in place of the file that the entry imports. The name determines the format.
 */
const FILES = {
  "eventsource.js": ["eventsource.js"],
  "eventsource.cjs": ["eventsource.js"],
  "eventsource.classic.js": ["classic.js"],
  "slim.js": ["slim.js"],
  "slim.cjs": ["slim.js"],
  "js.js": ["js.js"],
  "js.cjs": ["js.js"],
  "eventsource.core.js": ["core.js"],
  // Cloudflare's workers and Vercel's functions import the same file as a module, but by different names.
  "workerd.js": ["edge.js", "eventsource.wasm"],
  "edge.js": ["edge.js", "eventsource.wasm?module"],
  // Imports the entry that the same conditions select, so that both give the same class.
  "polyfill.js": ["polyfill.js", "eventsource.js"],
  "polyfill.cjs": ["polyfill.js", "eventsource.cjs"],
  "polyfill.workerd.js": ["polyfill.js", "workerd.js"],
  "polyfill.edge.js": ["polyfill.js", "edge.js"],
};

/** Makes pkg/ from the optimised WebAssembly. */
export async function bundle(wasm) {
  const esbuild = await import("esbuild");
  rmSync(PKG, { recursive: true, force: true });
  mkdirSync(join(PKG, "docs"), { recursive: true });
  for (const [file, [entry, beside]] of Object.entries(FILES)) {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [join(ENTRIES, entry)],
      outfile: join("pkg", file),
      bundle: true,
      minify: true,
      format: file.includes("classic") ? "iife" : file.endsWith(".cjs") ? "cjs" : "esm",
      target: "es2022",
      // Chromium 84 has all the rest. A test parses every file there.
      supported: { "logical-assignment": false },
      inject: [join(ROOT, "src/js/platform.js")],
      write: false,
      metafile: true,
      legalComments: "none",
      plugins: [beside ? leave(beside) : inlineWasm],
      logLevel: "warning",
      // src/js/fallback.js does without `import.meta.url` where there is none.
      logOverride: { "empty-import-meta": "silent" },
    });
    writeFileSync(join(PKG, file), leaveImport(outputFiles[0].text, metafile));
  }
  copyFileSync(wasm, join(PKG, "eventsource.wasm"));
  copyTypes();
  const published = manifest();
  for (const document of DOCUMENTS) copyFileSync(join(ROOT, document), join(PKG, document));
  writeFileSync(join(PKG, "README.md"), placeLinks(read("README.md"), published));
  writeFileSync(join(PKG, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
}

/**
 * The deflated bytes in Base64. A server compresses the script once more; even then, it is a third smaller
 * than with bytes that were not deflated first.
 */
const inlineWasm = {
  name: "inline-wasm",
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const { default: zopfli } = await import("@gfx/zopfli");
      const deflate = promisify(zopfli.deflate);
      const contents = await deflate(readFileSync(path), { numiterations: 15 });
      return { contents, loader: "base64" };
    });
  },
};

/**
 * Marks the import in src/js/fallback.js, whose file is not known, so that bundlers leave it alone and do not
 * warn of it. This happens after esbuild, which drops comments.
 */
function leaveImport(text, { inputs }) {
  return replace(text, {
    what: "the import of the core as JavaScript",
    pattern: /\bimport\((?=\w+\))/g,
    replacement: "import(/* webpackIgnore: true */ /* @vite-ignore */",
    count: "src/js/fallback.js" in inputs ? 1 : 0,
  });
}

/** Does not bundle the file that the entry imports, but imports `file` from next to the bundle. */
const leave = (file) => ({
  name: "leave",
  setup(build) {
    const filter = /^\.\/eventsource\.(js|wasm)$/;
    build.onResolve({ filter }, () => ({ path: `./${file}`, external: true }));
  },
});

/**
 * Copies the types twice, for `import` and for `require`. They differ only in the files that they refer to.
 */
function copyTypes() {
  for (const file of readdirSync(join(ROOT, ENTRIES)).filter((name) => name.endsWith(".d.ts"))) {
    const types = read(join(ENTRIES, file));
    writeFileSync(join(PKG, file), types);
    const required = types.replaceAll(/(from "\.\/\w+)\.js"/g, '$1.cjs"');
    writeFileSync(join(PKG, file.replace(".d.ts", ".d.cts")), required);
  }
}

/** The project's package.json, without what only the project needs. */
function manifest() {
  const project = read("package.json").replaceAll("./pkg/", "./");
  const { private: _, scripts, devDependencies, ...published } = JSON.parse(project);
  return published;
}

/**
 * Makes the README's relative links work on npm's page, which resolves them against the repository. While the
 * package names no repository, they lead to the package's own files on unpkg.com.
 */
function placeLinks(readme, { name, version, repository }) {
  const place = repository ? "" : `https://unpkg.com/${name}@${version}/`;
  return readme.replaceAll(/(?<=\]\()(?!\w+:|#)[^)#]+/g, (file) => {
    if (!DOCUMENTS.includes(file)) {
      throw new Error(`README.md links to ${file}. Add it to DOCUMENTS in scripts/bundle.mjs.`);
    }
    return place + file;
  });
}

function read(file) {
  return readFileSync(join(ROOT, file), "utf8");
}
