// Edits wasm-bindgen's glue, so that it uses the short names that wasm-opt gives to imports and exports. The
// long names end in hashes, and both halves would contain them.

import { replace } from "./replace.mjs";

/** Conditions that are made true, so that esbuild removes their other branches. Nothing else is removed. */
const TRUE = [
  // Rust keeps each closure until it drops it, so no finalizer is needed. Firefox takes 4 µs a read for them.
  {
    what: "whether closures have no finalizers",
    pattern: /(?<=^const CLOSURE_DTORS = \()typeof FinalizationRegistry === 'undefined'(?=\)$)/gm,
    replacement: "true",
    count: 1,
  },
  // A connection passes only a few strings. The faster way to pass them costs 0.2 kB.
  {
    what: "whether strings are passed in the short way",
    pattern: /(?<=^ {4}if \()realloc === undefined(?=\) \{$)/gm,
    replacement: "true",
    count: 1,
  },
];

/**
 * The translated core does not detach the old buffer when its memory grows, so the bindings have to compare
 * buffers.
 */
const views = (glue) => ({
  what: "whether a view of the memory is old",
  pattern:
    /(?<=^ {4}if \()(cached\w+) === null \|\| .*(?=\) \{\n.* = new \w+\(wasm\.memory\.buffer\);$)/gm,
  replacement: "$1?.buffer !== wasm.memory.buffer",
  count: glue.match(/^let cached\w+Memory0 = null;$/gm).length,
});

/** `imports` and `exports` are wasm-opt's list of old and new names. */
export async function editGlue(glue, { imports, exports }, { isTranslated }) {
  for (const condition of TRUE) glue = replace(glue, condition);
  if (isTranslated) glue = replace(glue, views(glue));
  glue = takeImports(glue, imports);
  const { transform } = await import("esbuild");
  const { code } = await transform(`${glue}export const start = () => wasm.__wbindgen_start();\n`, {
    mangleProps: anyOf(exports.map(([name]) => name)),
    mangleCache: Object.fromEntries(exports),
  });
  return code;
}

/** Turns the functions that the WebAssembly imports into methods of one object. wasm-opt names the module "a". */
function takeImports(glue, imports) {
  const short = new Map(imports.map(([, name, short]) => [name, short]));
  const methods = [];
  const rest = replace(glue, {
    what: "the functions that the WebAssembly imports",
    pattern: new RegExp(
      `^export function (${[...short.keys()].join("|")})(\\(.*\\n(?: .*\\n)*\\}.*)\\n`,
      "gm",
    ),
    replacement: (_, name, method) => {
      methods.push(`${short.get(name)}${method},`);
      return "";
    },
    count: imports.length,
  });
  return `${rest}export const imports = { a: {\n${methods.join("\n")}\n} };\n`;
}

const anyOf = (names) => new RegExp(`^(?:${names.join("|")})$`);
