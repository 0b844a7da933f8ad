// The demo's server, which needs nothing but Node. It serves the page, the built package and the
// event streams. A request gets the first of these that there is: a route of the table, a file, or
// a sentence that says what is wrong and what is allowed. Nothing is cached, so a reload shows a
// rebuilt package.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { cut, end, follow } from "./demo_stream.mjs";

const PORTS_TRIED = 10;
const LONGEST_CUT = 60_000;
const PAGE_FILES = fileURLToPath(new URL("./", import.meta.url));
const PACKAGE_FILES = fileURLToPath(new URL("../pkg/", import.meta.url));

const MIME_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

// The least that a page which compiles WebAssembly needs, except for `connect-src *`: visitors may
// type in the URL of any stream.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data:",
  "connect-src *",
].join("; ");

const ROUTES = {
  "/events": { GET: events, OPTIONS: (_url, request, response) => preflight(request, response) },
  "/cut": { POST: cutStream },
  "/end": { POST: endStream },
};

class Refusal extends Error {
  constructor(status, message, headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const OWN_MISTAKE = new Refusal(500, "The server failed. Its console says why.");

/**
 * Serves the demo on 127.0.0.1, at `port` or the first free port after it. 0 means any free port.
 */
export async function serve({ port = 8080 } = {}) {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`The port is ${port}. Set PORT to a whole number from 0 to 65535.`);
  }
  const server = createServer(answer);
  const last = port === 0 ? 0 : Math.min(port + PORTS_TRIED - 1, 65535);
  for (let candidate = port; !(await listens(server, candidate)); candidate++) {
    if (candidate === last) {
      throw new Error(`The ports ${port} to ${last} are taken. Free one, or set PORT to another.`);
    }
  }
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function listens(server, port) {
  return new Promise((resolve, reject) => {
    const listening = () => {
      server.off("error", refused);
      resolve(true);
    };
    const refused = (error) => {
      server.off("listening", listening);
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("listening", listening).once("error", refused);
    server.listen(port, "127.0.0.1");
  });
}

async function answer(request, response) {
  try {
    const url = parse(request.url);
    const route = Object.hasOwn(ROUTES, url.pathname) ? ROUTES[url.pathname] : { GET: file };
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (!Object.hasOwn(route, method)) {
      const Allow = Object.keys(route).join(", ");
      throw new Refusal(405, `${url.pathname} does not take ${method}; allowed: ${Allow}.`, {
        Allow,
      });
    }
    await route[method](url, request, response);
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    if (response.headersSent) response.destroy();
    else refuse(response, error instanceof Refusal ? error : OWN_MISTAKE);
  }
}

function refuse(response, { status, message, headers }) {
  response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}

function parse(target) {
  const url = URL.canParse(target, "http://127.0.0.1") && new URL(target, "http://127.0.0.1");
  if (!url) throw new Refusal(400, "The request's target is not a URL; allowed: a path such as /.");
  return url;
}

// Any origin may read the demo's stream, even with credentials, because nothing in it is secret. So
// a page that is being developed elsewhere can try a cross-origin stream.
function allowOrigin(request, response) {
  response.setHeader("Vary", "Origin");
  if (!request.headers.origin) return;
  response.setHeader("Access-Control-Allow-Origin", request.headers.origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
}

function preflight(request, response) {
  allowOrigin(request, response);
  response.setHeader("Access-Control-Allow-Headers", "Last-Event-ID, Cache-Control");
  response.writeHead(204).end();
}

function events(url, request, response) {
  const name = streamName(url);
  const id = request.headers["last-event-id"] ?? url.searchParams.get("lastEventId") ?? "";
  allowOrigin(request, response);
  if (!/^\d{0,15}$/.test(id)) {
    throw new Refusal(400, "The last event ID is not one of this stream; allowed: 1 to 15 digits.");
  }
  if (request.method === "HEAD") {
    return response.writeHead(200, { "Content-Type": "text/event-stream" }).end();
  }
  follow(name, Number(id), response);
}

function cutStream(url, _request, response) {
  const name = streamName(url);
  const duration = url.searchParams.get("for") ?? "0";
  if (!/^\d{1,5}$/.test(duration) || Number(duration) > LONGEST_CUT) {
    throw new Refusal(400, `“for” is not a time; allowed: 0 to ${LONGEST_CUT} milliseconds.`);
  }
  tell(response, name, cut(name, Number(duration)));
}

function endStream(url, _request, response) {
  const name = streamName(url);
  tell(response, name, end(name));
}

function streamName(url) {
  const name = url.searchParams.get("stream") ?? "";
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new Refusal(400, "“stream” names no stream; allowed: 1 to 64 of A–Z a–z 0–9 _ and -.");
  }
  return name;
}

function tell(response, name, connections) {
  if (connections === undefined) {
    throw new Refusal(
      404,
      `There is no stream “${name}”: connect to /events?stream=${name} first.`,
    );
  }
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ connections }));
}

async function file(url, _request, response) {
  const path = pathOf(url);
  const body = await readFile(path).catch(() => {
    throw new Refusal(404, `There is nothing at ${url.pathname}. The demo is at /.`);
  });
  response.writeHead(200, {
    "Content-Type": MIME_TYPES[extname(path)] ?? "application/octet-stream",
    "Content-Length": body.length,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  });
  response.end(body);
}

function pathOf({ pathname }) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    throw new Refusal(400, "The path is not percent-encoded UTF-8; allowed: a path such as /.");
  }
  if (path.endsWith("/")) path += "index.html";
  const inPackage = path.startsWith("/pkg/");
  const root = inPackage ? PACKAGE_FILES : PAGE_FILES;
  const found = join(root, inPackage ? path.slice("/pkg".length) : path);
  if (!found.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new Refusal(404, `There is nothing at ${pathname}. The demo is at /.`);
  }
  return found;
}
