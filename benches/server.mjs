// Serves the streams and the page. It runs in a separate process, so it does not slow down what is measured.
// It tells its parent its ports, and ends with its parent.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { make, workloads } from "./workloads.js";

/** A browser opens only six connections to each port, so many streams need many ports. */
const PORTS = 20;
const TICKS_PER_SECOND = 100;
const ISOLATED = {
  // A page needs these to get an exact clock.
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

let script;
/** The process group of the engine that is measured. */
let engine;
/** Only the last stream that was made is kept, because some are large. */
let made;

process.on("message", (message) => {
  if (message.script) script = message.script;
  if (message.engine) engine = message.engine;
});
process.once("disconnect", () => process.exit());

const routes = {
  "/": (_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...ISOLATED });
    response.end(
      '<!doctype html><title>bench</title><link rel=icon href="data:,"><script src="/page.js"></script>',
    );
  },
  "/page.js": (_, response) => {
    response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(script);
  },
  "/workload": (_, response, name) => {
    const workload = workloads.find((one) => one.name === name);
    const checksum = workload.event && stream(workload).checksum;
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ ...workload, checksum }));
  },
  "/cpu": (_, response) => response.end(JSON.stringify(processorTime(engine))),
  "/report": async (request, response) => {
    const chunks = await request.toArray();
    response.end();
    process.send({ report: JSON.parse(Buffer.concat(chunks)) });
  },
  // The comment is for Firefox, which reports no response before its first byte, not even to its own
  // EventSource.
  "/idle": (_, response) => startStream(response).write(":\n"),
  "/stream": async (_, response, name) => {
    const workload = workloads.find((one) => one.name === name);
    startStream(response);
    for (let time = 0; time < workload.times; time++) {
      for (const piece of stream(workload).pieces) await write(response, piece);
    }
    response.end();
  },
  "/clock": async (_, response, name) => {
    const { count } = workloads.find((one) => one.name === name);
    startStream(response);
    const start = performance.now();
    for (let sent = 0; sent < count && !response.destroyed; await pause(1)) {
      const due = Math.min(count, performance.now() - start);
      for (; sent < due; sent++) {
        response.write(`data: ${performance.timeOrigin + performance.now()}\n\n`);
      }
    }
    response.end();
  },
};

const ports = [];
for (let count = 0; count < PORTS; count++) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const route = routes[pathname];
    if (route) route(request, response, searchParams.get("name"));
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  ports.push(server.address().port);
}
process.send({ ports });

function stream(workload) {
  if (made?.name !== workload.name) made = { name: workload.name, ...make(workload) };
  return made;
}

function startStream(response) {
  return response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Access-Control-Allow-Origin": "*",
  });
}

/** Writes a piece, and waits until the socket has taken it. */
function write(response, piece) {
  if (response.destroyed) return undefined;
  return new Promise((resolve) => response.write(piece, resolve));
}

/** The processor time of all processes in a group, in milliseconds. 0 if there is no /proc. */
function processorTime(group) {
  let ticks = 0;
  for (const { name } of list("/proc")) {
    const fields = read(`/proc/${name}/stat`)?.split(") ").at(-1).split(" ");
    if (fields && Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function list(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Undefined if the file is missing, because the process has ended meanwhile. */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
