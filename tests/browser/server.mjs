// The server of the browser tests. It serves scripted streams, pages and bundles, and receives the results.
// It listens at two ports, because tests need another origin. The tests' questions and results go to the
// second port, because a browser opens only six connections to each, and the tests need those to the first.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { AllNumbers } from "./numbers.mjs";
import { Scenarios } from "./scenarios.mjs";

const ROOT = new URL("../../", import.meta.url);

/** Of the project, there are these. */
const FOLDERS = ["/pkg/", "/src/js/", "/tests/browser/"];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * @param {object} options
 * @param {Map<string, string>} options.bundles     path → text of the scripts made for this run
 * @param {(name: string, query: string) => { html: string, headers?: object }} options.page
 * @param {(run: string, realm: string, report: object) => void} options.onReport
 * @param {(run: string, realm: string) => Promise<string>} options.next  resolves with the next page
 *   when the realm is done
 */
export async function serve({ bundles, page, onReport, next }) {
  const scenarios = new Scenarios();
  const numbers = new AllNumbers();

  async function answer(request, response) {
    const { pathname, search, searchParams } = new URL(request.url, "http://localhost");
    const [, area, ...rest] = pathname.split("/");
    if (area === "numbers" && request.method === "GET") {
      return numbers.stream(request, response, rest);
    }
    if (area === "numbers") {
      const value = numbers.control(rest, await bodyOf(request));
      return send(response, 200, "application/json", JSON.stringify(value));
    }
    if (area === "streams") return scenarios.stream(request, response, rest);
    if (area === "scenarios") {
      const value = await scenarios.control(request.method, rest, await bodyOf(request));
      return send(response, 200, "application/json", JSON.stringify(value));
    }
    if (area === "reports") {
      onReport(...rest, JSON.parse(await bodyOf(request)));
      return send(response, 200, "application/json", "true");
    }
    if (area === "next") return send(response, 200, "text/plain", await next(...rest));
    if (area === "ports") {
      const number = await port(rest[0]);
      return send(response, 200, "application/json", JSON.stringify(number));
    }
    if (area === "cookie") {
      return send(response, 200, "text/plain", "", { "Set-Cookie": `${rest[0]}; Path=/` });
    }
    if (area === "page") {
      const { html, headers } = page(rest[0], search);
      return send(response, 200, TYPES[".html"], html, headers);
    }
    const type = TYPES[extname(pathname)];
    if (bundles.has(pathname)) {
      // A worker gets its Content-Security-Policy with its script. The other header allows a service worker a
      // scope outside its script's folder.
      const { headers } = page(searchParams.get("realm"), search);
      const all = { ...headers, "Service-Worker-Allowed": "/" };
      return send(response, 200, type, bundles.get(pathname), all);
    }
    if (type && FOLDERS.some((folder) => pathname.startsWith(folder))) {
      return send(response, 200, type, await readFile(new URL(`.${pathname}`, ROOT)));
    }
    send(response, 404, "text/plain", `nothing at ${pathname}`);
  }

  /** Returns a free port at which no server listens. If called with that port, listens there. */
  async function port(known) {
    const server = await listen(known);
    const { port } = server.address();
    if (known) servers.push(server);
    else await new Promise((closed) => server.close(closed));
    return port;
  }

  async function listen(port = 0) {
    const server = createServer((request, response) => {
      request.socket.setNoDelay(true);
      // If a connection was used before, browsers repeat a request that is reset on it, without telling the
      // page.
      response.shouldKeepAlive = false;
      answer(request, response).catch((error) => {
        if (!response.headersSent) send(response, 500, "text/plain", String(error.message));
      });
    });
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    return server;
  }

  const servers = [await listen(), await listen()];
  const [origin, other] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
  return {
    origin,
    other,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

export const root = fileURLToPath(ROOT);

function send(response, status, type, text, headers = {}) {
  response.writeHead(status, {
    "Content-Type": type,
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    ...headers,
  });
  response.end(text);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
