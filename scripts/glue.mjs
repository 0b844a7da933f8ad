// Edits wasm-bindgen's glue, so that it uses the short names that wasm-opt has given what the WebAssembly
// imports and exports: the long ones would be there twice, and end in hashes.

import { replace } from "./replace.mjs";

/** Conditions that hold: esbuild leaves out what is done otherwise, and nothing else is left out. */
const TRUE = [
  // Rust holds each closure until it drops it, and Firefox takes 4 µs a read for finalizers.
  {
    what: "whether closures have no finalizers",
    pattern: /(?<=^const CLOSURE_DTORS = \()typeof FinalizationRegistry === 'undefined'(?=\)$)/gm,
    replacement: "true",
    count: 1,
  },
  // The faster way of passing strings costs 0.2 kB, and there are a few for each connection.
  {
    what: "whether strings are passed in the short way",
    pattern: /(?<=^ {4}if \()realloc === undefined(?=\) \{$)/gm,
    replacement: "true",
    count: 1,
  },
];

/**
 * In JavaScript, a memory that has grown leaves its old buffer as it was instead of detaching it, so the
 * bindings have to compare.
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

/** Makes methods of the functions that the WebAssembly imports, from what wasm-opt has named "a". */
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
