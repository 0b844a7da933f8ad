// A time limit for what a test waits for. The test fails and says what did not happen.

/** Resolves like the promise, but throws an error with the text `otherwise` after so many milliseconds. */
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
