// Locks a stream for the core, and knows of each chunk whether it came after a reset.

export class StreamReader {
  #reader;
  #isReset = false;
  #onreset;

  constructor(stream) {
    try {
      this.#reader = ReadableStream.prototype.getReader.call(stream);
    } catch (error) {
      throw new TypeError(
        `EventSource.fromReadableStream: this is no ReadableStream, or a locked one. Pass one that nobody else reads. (${error})`,
      );
    }
  }

  /** `onreset` is called before the first chunk after a reset is handed over. */
  forCore(onreset) {
    this.#onreset = onreset;
    return { read: () => this.#read(), cancel: () => this.cancel() };
  }

  reset() {
    this.#isReset = true;
  }

  /** Whatever comes of it: nobody listens any more. */
  cancel() {
    this.#reader.cancel().catch(() => {});
  }

  async #read() {
    const result = await this.#reader.read();
    if (this.#isReset) {
      this.#isReset = false;
      this.#onreset();
    }
    return result;
  }
}
