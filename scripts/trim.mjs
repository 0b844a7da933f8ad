// Leaves out of the wasm and of wasm-bindgen's glue, as texts, what nobody comes to, reads or calls.

/**
 * What the wasm never comes to: functions of the standard library that never return, or write what is said
 * then; of js_sys, those for tasks that switch stacks, which none does, and for a realm without
 * `queueMicrotask`; and the error for a class that is called with another's pointer.
 */
const DEAD =
  /jspi::task_waker|panicking|::fmt::|slice_index_fail|unwrap_failed|handle_alloc_error|handle_error|capacity_overflow|__wbindgen_throw|then_map|get_global_object::(SELF|WINDOW|GLOBAL)::/;

/** Where a panic was, and what these functions would have said of it. */
const PLACES = /(?:\/rustc\/\w{40}|crates|src)\/[\w/.-]+?\.rs/g;
const SAID = new RegExp(
  [
    /index out of bounds: the len is | but the index is |TryFromIntError\(\)|mid > len/,
    /slice index starts at | but ends at |range (start|end) index | out of range for slice of length /,
    /(`at` split|removal) index \(is |\) should be <=? len \(is |assertion `left| right` failed/,
    /finish: (result|callbacks) should be \w+|called `Result::unwrap_throw\(\)` on an `Err` value/,
    /attempted to take ownership of Rust value while it was borrowed|null pointer passed to rust/,
    /recursive use of an object detected which would lead to unsafe aliasing in rust/,
    /closure invoked recursively or after being dropped|FnOnce called more than once/,
    /internal error: entered unreachable code|no chunk is that long/,
  ]
    .map((said) => said.source)
    .join("|"),
  "g",
);

/**
 * Of wasm-bindgen's glue: the finalizer of a task, which is watched until it is closed, and those of
 * closures, which Rust holds until it drops them, in Firefox for 4 µs a read; the names that free a task
 * without closing it; what helps a decoder of Safari's over its second gigabyte; and a faster way of
 * passing strings, of which there are a few for each connection.
 */
const UNUSED = [
  [/^const TaskFinalization =(?:.|\n)*?;\n/m, ""],
  [/^ +TaskFinalization\..*\n/gm, ""],
  [/^const CLOSURE_DTORS =(?:.|\n)*?;\n/m, ""],
  [/^ +CLOSURE_DTORS\..*\n/gm, ""],
  [/^ {4}free\(\) \{\n(?: {8}.*\n)* {4}\}\n/m, ""],
  [/^if \(Symbol\.dispose\).*\n/m, ""],
  [/^cachedTextDecoder\.decode\(\);\n/m, ""],
  [/^ {4}numBytesDecoded \+=(?:.|\n)*?^ {4}\}\n/m, ""],
  [/^ {4}if \(realloc === undefined\) \{\n((?: {8}.*\n)*) {4}\}\n(?:.|\n)*?^\}\n/m, "$1}\n"],
  [/, wasm\.__wbindgen_realloc\b/g, ""],
  [/^if \(!\('encodeInto'(?:.|\n)*?^\}\n/m, ""],
  [
    /getDataViewMemory0\(\)\.setInt32\(\((\w+) >>> 0\) \+ 4 \* (\d), (\w+), true\)/g,
    "getInt32ArrayMemory0()[$1 / 4 + $2] = $3",
  ],
];

/**
 * What the standard library says when it panics is left out: a panic traps, and nobody reads why. (In
 * development builds console_error_panic_hook tells.) So is what the glue has for no use of ours.
 */
export function trim(wasm, glue) {
  const dead = [];
  const trapped = wasm
    .replace(/^ \(import ".+?" ".+?" (\(func \$.*)\)\)\n/gm, (whole, head) => {
      if (!DEAD.test(whole)) return whole;
      dead.push(` ${head}\n  (unreachable)\n )\n`);
      return "";
    })
    .replace(/^( \(func \$.*\n)(?: {2}.*\n)* \)$/gm, (whole, head) =>
      DEAD.test(head) ? `${head}  (unreachable)\n )` : whole,
    )
    // js_sys looks in four places for the global object.
    .replace(
      /^( \(func \$js_sys::global::get_global_object::\w+ .*\n)(?: {2}.*\n)* \)$/m,
      `$1  (call ${wasm.match(/\$\S+static_accessor_GLOBAL_THIS\S+/)[0]})\n )`,
    )
    .replace(/\)\s*$/, `${dead.join("")})\n`);
  for (const [what, instead] of UNUSED) {
    if (glue.search(what) < 0)
      throw new Error(`wasm-bindgen's glue has no ${what} any more: see UNUSED.`);
    glue = glue.replace(what, instead);
  }
  const quiet = trapped.replace(/(?<=^ \(data \$\.rodata \(i32\.const )(\d+)\) "(.*)"/m, silence);
  const isUsed = (name) =>
    name === "__wbindgen_start" || new RegExp(`\\bwasm\\.${name}\\b`).test(glue);
  const used = quiet.replace(/^ \(export "(\w+)" .*\n/gm, (line, name) =>
    isUsed(name) ? line : "",
  );
  return [used, glue];
}

/**
 * Makes zeros of what panics would have said, and of the four numbers that are a place in the sources: the
 * functions that have referred to them trap, but wasm-opt does not look into data.
 */
function silence(_, address, text) {
  const characters = text.replace(/\\([0-9a-f]{2}|.)/g, (_, escaped) =>
    escaped.length === 2
      ? String.fromCharCode(Number.parseInt(escaped, 16))
      : ({ t: "\t", n: "\n", r: "\r" }[escaped] ?? escaped),
  );
  const bytes = Buffer.from(characters, "latin1");
  for (const { 0: place, index } of characters.matchAll(PLACES)) {
    const start = Buffer.alloc(8);
    start.writeUInt32LE(Number(address) + index);
    start.writeUInt32LE(place.length, 4);
    for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at)) {
      bytes.fill(0, at, at + 16);
    }
    bytes.fill(0, index, index + place.length);
  }
  for (const { 0: said, index } of characters.matchAll(SAID)) {
    bytes.fill(0, index, index + said.length);
  }
  return `${address}) "${bytes.toString("hex").replace(/../g, "\\$&")}"`;
}

/**
 * Shortens the names between the two halves, which are there twice and end in hashes, and makes one
 * object of what the wasm imports.
 */
export function shorten(wasm, glue) {
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
      if (index >= 0) methods.push(`i${index}${rest},`);
      return index >= 0 || name !== "__wbg_set_wasm" ? "" : whole;
    },
  );
  glue += `export const imports = {\n${methods.join("\n")}\n};\n`;

  const exports = [];
  wasm = wasm.replace(/^ \(export "(\w+)"/gm, (whole, name) => {
    if (name === "__wbindgen_start") return whole;
    const short = `e${exports.push(name) - 1}`;
    glue = glue.replace(new RegExp(`\\bwasm\\.${name}\\b`, "g"), `wasm.${short}`);
    return ` (export "${short}"`;
  });
  return [wasm, glue];
}
