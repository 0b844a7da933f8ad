// Serves the workloads and the page, in a process of its own, so that it takes no time of those it
// measures. Prints its address; ends with its parent.

import { createServer } from "node:http";
import { body, units, workloads } from "./workloads.js";

const bodies = new Map(workloads.map(({ name }) => [name, body(name)]));
const { script } = await new Promise((resolve) => process.once("message", resolve));

const routes = {
  "/": (_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end('<!doctype html><title>bench</title><script src="/page.js"></script>');
  },
  "/page.js": (_, response) => {
    response.setHeader("Content-Type", "text/javascript; charset=utf-8");
    response.end(script);
  },
  "/workloads": (_, response) => {
    const expected = workloads.map((one) => ({ ...one, units: units(bodies.get(one.name)) }));
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(expected));
  },
  "/report": async (request, response) => {
    const chunks = await request.toArray();
    response.end();
    process.send({ report: JSON.parse(Buffer.concat(chunks)) });
  },
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const stream = bodies.get(pathname.slice("/stream/".length));
  if (routes[pathname]) routes[pathname](request, response);
  else if (stream) response.setHeader("Content-Type", "text/event-stream").end(stream);
  else response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.once("disconnect", () => process.exit());
