// The server for the consumers. It has for each: an event stream that is cut at difficult places, ends, and
// has to be resumed; a place for the consumer's report; and the files that a bundler has made.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { within } from "../within.mjs";

/** The writes of each response. The first response cuts a CRLF, a character and a line. */
const RESPONSES = [
  [
    "retry: 1\r",
    "\nid: 1\ndata: gr\xc3",
    "\xbcn\n\nid: \xc3\xa9\nevent: pri",
    "ce\ndata: 42\n\ndata: lost\n",
  ],
  ["data: resumed\n\nevent: last\ndata\n\n"],
];

/** What the consumer has to report, and what the server has to see of it. */
const expected = (wasm) =>
  JSON.stringify({
    log: [
      ...["open", "message grün 1", "price 42 é", "error 0"],
      ...["open", "message resumed é", "one class: true", `WebAssembly: ${wasm}`],
    ],
    lastEventIds: ["none", "\xc3\xa9"],
  });

/** Long enough for most clients to read two writes as two chunks. No test depends on that. */
const BETWEEN_WRITES = 1;
/** A consumer that has not reported after this time has failed. */
const PATIENCE = 60_000;

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

class Consumer {
  #lastEventIds = [];
  #hasClosed = gate();
  #hasReported = gate();

  async stream(request, response) {
    const writes = RESPONSES[this.#lastEventIds.length];
    this.#lastEventIds.push(request.headers["last-event-id"] ?? "none");
    if (!writes) return response.writeHead(204).end();
    const isLast = writes === RESPONSES.at(-1);
    if (isLast) response.once("close", this.#hasClosed.open);
    response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "close" });
    for (const write of writes) {
      response.write(write, "latin1");
      await pause(BETWEEN_WRITES);
    }
    if (!isLast) response.end();
  }

  report(log) {
    this.#hasReported.open(log);
  }

  /**
   * Resolves when the consumer has reported and closed its last stream. Throws if the report is wrong. `wasm`
   * is the type of its WebAssembly.
   */
  async result(wasm = "object") {
    const log = await within(PATIENCE, this.#hasReported.opened, "it has reported nothing");
    const found = JSON.stringify({ log, lastEventIds: this.#lastEventIds });
    if (found !== expected(wasm)) {
      throw new Error(`reported ${found}\nexpected ${expected(wasm)}`);
    }
    await within(PATIENCE, this.#hasClosed.opened, "it has not closed its connection");
  }
}

export async function serve() {
  const consumers = new Map();
  const streams = await listen(async (request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "Last-Event-ID");
    if (request.method === "OPTIONS") return response.writeHead(204).end();
    const consumer = consumers.get(request.url);
    if (request.method === "GET") return consumer.stream(request, response);
    consumer.report(JSON.parse(await textOf(request)));
    response.end();
  });
  return {
    /** Adds a consumer with a unique name. Returns it, and the URL of its streams. */
    consumer(name) {
      const consumer = new Consumer();
      const path = `/${encodeURIComponent(name)}`;
      consumers.set(path, consumer);
      return { streams: streams.origin + path, result: (wasm) => consumer.result(wasm) };
    },
    /** Serves a folder at a new origin. */
    async files(folder) {
      const { origin, close } = await listen(async (request, response) => {
        const { pathname } = new URL(request.url, "http://localhost");
        const path = join(folder, pathname === "/" ? "index.html" : pathname);
        response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "text/plain" });
        response.end(await readFile(path));
      });
      return { url: `${origin}/`, close };
    },
    close: streams.close,
  };
}

async function listen(answer) {
  const server = createServer((request, response) => {
    request.socket.setNoDelay(true);
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(404);
      response.end(error.message);
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function gate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
