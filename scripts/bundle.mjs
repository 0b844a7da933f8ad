// Bundles the entries of src/js/entries into pkg/, which is the npm package: each a file of its own,
// so that nothing has to be found at run time but what its comment says.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { replace } from "./replace.mjs";
import { ROOT } from "./shell.mjs";

const ENTRIES = "src/js/entries";
const PKG = join(ROOT, "pkg");
/** The README, and whatever it links to. */
export const DOCUMENTS = [
  ...["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"],
  ...["docs/platforms.md", "docs/behaviour.md", "docs/performance.md", "docs/bench.svg"],
];

/**
 * Each file in pkg/: its entry; and the file beside it that it imports in place of what the entry
 * does. The format follows from the name.
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
  // Cloudflare's workers and Vercel's functions want a module from the same file by different names.
  "workerd.js": ["edge.js", "eventsource.wasm"],
  "edge.js": ["edge.js", "eventsource.wasm?module"],
  // The class of the entry that is imported under the same conditions, so that the two are one class.
  "polyfill.js": ["polyfill.js", "eventsource.js"],
  "polyfill.cjs": ["polyfill.js", "eventsource.cjs"],
  "polyfill.workerd.js": ["polyfill.js", "workerd.js"],
  "polyfill.edge.js": ["polyfill.js", "edge.js"],
};

/** Makes pkg/ of the optimised WebAssembly. */
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
      write: false,
      metafile: true,
      legalComments: "none",
      plugins: [beside ? leave(beside) : inlineWasm],
      logLevel: "warning",
      // Where there is none, src/js/fallback.js does without it.
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

/** Base64 of the deflated bytes: a third smaller on its way, deflated once more, than without. */
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
 * Has the bundlers that would warn of it leave an import alone that names no file: src/js/fallback.js has
 * one. (esbuild drops comments.)
 */
function leaveImport(text, { inputs }) {
  return replace(text, {
    what: "the import of the core as JavaScript",
    pattern: /\bimport\((?=\w+\))/g,
    replacement: "import(/* webpackIgnore: true */ /* @vite-ignore */",
    count: "src/js/fallback.js" in inputs ? 1 : 0,
  });
}

/** Leaves the entry's import to whoever imports ours. */
const leave = (file) => ({
  name: "leave",
  setup(build) {
    const filter = /^\.\/eventsource\.(js|wasm)$/;
    build.onResolve({ filter }, () => ({ path: `./${file}`, external: true }));
  },
});

/** For `import` and for `require`; both say the same of their files. */
function copyTypes() {
  for (const file of readdirSync(join(ROOT, ENTRIES)).filter((name) => name.endsWith(".d.ts"))) {
    const types = read(join(ENTRIES, file));
    writeFileSync(join(PKG, file), types);
    const required = types.replaceAll(/(from "\.\/\w+)\.js"/g, '$1.cjs"');
    writeFileSync(join(PKG, file.replace(".d.ts", ".d.cts")), required);
  }
}

/** The project's own, without what only the project needs. */
function manifest() {
  const project = read("package.json").replaceAll("./pkg/", "./");
  const { private: _, scripts, devDependencies, ...published } = JSON.parse(project);
  return published;
}

/**
 * npm's page resolves a relative link against the repository. While the package names none, such links
 * lead to the package's own files, on a server that shows the files of npm packages.
 */
function placeLinks(readme, { name, version, repository }) {
  const place = repository ? "" : `https://unpkg.com/${name}@${version}/`;
  return readme.replaceAll(/(?<=\]\()(?!\w+:|#)[^)#]+/g, (file) => {
    if (!DOCUMENTS.includes(file)) throw new Error(`README.md links to ${file}: add it here`);
    return place + file;
  });
}

function read(file) {
  return readFileSync(join(ROOT, file), "utf8");
}
