// A limit for what a test waits for, so that it fails by itself and says what did not come.

/** What the promise resolves with, if that is within so many milliseconds; else throws `otherwise`. */
export async function within(milliseconds, promise, otherwise) {
  let timer;
  const limit = new Promise((_, reject) => {
    const late = new Error(`${otherwise} in ${milliseconds / 1000} s`);
    timer = setTimeout(reject, milliseconds, late);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
