// The libraries' servers: tRPC's own, and for the others as much as their clients need. Each library gets one
// word on its first connection, which then ends, and one on its second.

import { createServer } from "node:http";
import { initTRPC, tracked } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";

const WORDS = ["one", "two"];

/** How each library's server sends a word. */
const SAY = {
  "reconnecting-eventsource": (word) => `data: ${word}`,
  growthbook: (word) => `event: features\ndata: ${features(word)}`,
  pocketbase: (word) => `event: words\ndata: ${JSON.stringify({ word })}`,
  vueuse: (word) => `event: word\ndata: ${word}`,
};

const features = (word) =>
  JSON.stringify({ features: word ? { word: { defaultValue: word } } : {} });

/** The connections of one library: which word is next, and a promise that the last connection has ended. */
class Client {
  requests = 0;
  #name;
  #open;
  closed = new Promise((resolve) => {
    this.setClosed = resolve;
  });

  constructor(name) {
    this.#name = name;
  }

  answer(request, response) {
    if (this.#name === "growthbook" && !request.url.endsWith("/sub/key")) {
      response.setHeader("x-sse-support", "enabled");
      return response.end(features());
    }
    if (request.method === "POST") {
      response.writeHead(204).end();
      return this.#say();
    }
    this.connect(response);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    this.#open = response;
    // The client of PocketBase names the words that it wants in a separate request.
    if (this.#name === "pocketbase") response.write("event: PB_CONNECT\nid: client\ndata: {}\n\n");
    else this.#say();
  }

  connect(response) {
    if (++this.requests === WORDS.length) response.once("close", this.setClosed);
  }

  #say() {
    const word = WORDS[this.requests - 1];
    const isLast = this.requests === WORDS.length;
    this.#open.write(`retry: 1\n${SAY[this.#name](word)}\n\n`);
    if (!isLast) this.#open.end();
  }
}

/** Continues after the last word that the client has received. */
function trpcHandler(clients) {
  const { router, procedure } = initTRPC.context().create();
  return (base) =>
    createHTTPHandler({
      basePath: `${base}/`,
      createContext: ({ res }) => {
        clients.get(base).connect(res);
        endAfter(WORDS[0], res);
        return {};
      },
      router: router({
        words: procedure
          .input((input) => input)
          .subscription(async function* ({ input, signal }) {
            const next = Number(input?.lastEventId ?? 0);
            yield tracked(`${next + 1}`, WORDS[next]);
            await new Promise((resolve) => signal.addEventListener("abort", resolve));
          }),
      }),
    });
}

/**
 * Ends the response after the word, as a proxy might. tRPC's own handler ends a response only after it has
 * told the client to stop.
 */
function endAfter(word, response) {
  const { write } = response;
  let written = "";
  response.write = function (chunk, ...rest) {
    const isFlushed = write.call(this, chunk, ...rest);
    written += Buffer.from(chunk);
    if (written.includes(`"${word}"`) && written.endsWith("\n\n")) this.end();
    return isFlushed;
  };
}

export async function serve(files) {
  const clients = new Map();
  const trpc = trpcHandler(clients);
  let setHeard;
  const heard = new Promise((resolve) => {
    setHeard = resolve;
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/heard") {
      let text = "";
      for await (const chunk of request) text += chunk;
      setHeard(JSON.parse(text));
      return response.end();
    }
    const [base, , name] = pathname.match(/^\/(\w+)\/([\w-]+)/) ?? [];
    if (!base) {
      const [type, text] = files[pathname] ?? ["text/plain", ""];
      return response.setHeader("Content-Type", type).end(text);
    }
    if (!clients.has(base)) clients.set(base, new Client(name));
    if (name === "trpc") trpc(base)(request, response);
    else clients.get(base).answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** The words that the page has received. */
    heard,
    /** When a library has closed its last connection, resolves with how often it has connected. */
    async requests(realm, name) {
      const { closed, requests } = clients.get(`/${realm}/${name}`);
      await closed;
      return requests;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
