// A sink that logs what the task reports, one line for each report.

export class Recorder {
  #lines = [];
  #id = "";
  #changed = () => {};
  /** What the task said about the last loss. */
  last;

  announce(url) {
    this.#add(`announce ${url.replace(/:.*/s, ":")}`);
  }

  deliver(utf8, table, reconnectionTime) {
    if (reconnectionTime !== undefined) this.#add(`retry ${reconnectionTime}`);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8);
    const lines = [];
    let start = 0;
    for (let row = 0; row < table.length; row += 3) {
      const [dataEnd, typeEnd, idEnd] = table.subarray(row, row + 3);
      const data = text.slice(start, Math.max(start, dataEnd)).replaceAll("\n", "⏎");
      const type = text.slice(Math.max(start, dataEnd), typeEnd) || "message";
      if (idEnd !== -1) this.#id = text.slice(typeEnd, idEnd);
      start = idEnd === -1 ? typeEnd : idEnd;
      if (dataEnd !== -1) lines.push(`${type}|${data}|${this.#id}`);
    }
    this.#add(...lines);
  }

  read() {}

  async lose(reason, message, isSilent, attempt, delay, response, error) {
    this.last = { reason, message, isSilent, attempt, delay, response, error };
    this.#add(delay === undefined ? `fail ${message}` : "reestablish");
  }

  async until(last) {
    for (;;) {
      const end = this.#lines.findIndex((line) => line.startsWith(last)) + 1;
      if (end > 0) return `${this.#lines.splice(0, end).join("\n")}\n`;
      await new Promise((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** Waits for another fetch and another task, in which reports that are on their way would come. */
  async stillSilent() {
    await (await fetch("data:,")).text();
    await new Promise((resolve) => setTimeout(resolve));
    return this.#lines.join("\n");
  }

  #add(...lines) {
    this.#lines.push(...lines);
    this.#changed();
  }
}

/** What a source calls `fetch` with. There is only one asynchronous context here. */
export function inContext() {
  return (callback) => callback();
}

/** A URL of the page's own origin, so that no probe follows a failed request. */
export function ownUrl() {
  return `${location.origin}/events`;
}

export function blobUrl(bytes, type) {
  return URL.createObjectURL(new Blob([bytes.slice()], { type }));
}

const { fetch: nativeFetch } = globalThis;

export function withFetch(body) {
  globalThis.fetch = new Function(body);
}

export function restoreFetch() {
  globalThis.fetch = nativeFetch;
}
