// How much memory is in use, in engines that tell.

const wasmMemories = [];
const { instantiate } = WebAssembly;

// The package does not expose its memory, and the names of its exports are minified. So this intercepts where
// the memory is made.
WebAssembly.instantiate = async (...args) => {
  const result = await instantiate(...args);
  const exported = Object.values((result.instance ?? result).exports);
  wasmMemories.push(...exported.filter((one) => one instanceof WebAssembly.Memory));
  return result;
};

/** Undefined in engines that do not let pages collect garbage. */
export const collectGarbage = globalThis.gc ?? globalThis.TestUtils?.gc;

/** In bytes. `heap` is NaN if the engine does not tell. */
export async function memoryInUse() {
  for (let times = 0; times < 3; times++) {
    await collectGarbage?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    heap: heap(),
    wasm: Math.max(0, ...wasmMemories.map(({ buffer }) => buffer.byteLength)),
  };
}

function heap() {
  if (globalThis.process) {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }
  return performance.memory?.usedJSHeapSize ?? Number.NaN;
}
