// For Node: removes WebAssembly, as in an engine without it, and makes the package's name stand for the entry
// whose core is JavaScript.

import { once } from "node:events";
import { createServer } from "node:http";
import { register } from "node:module";

const hooks = `export const resolve = (name, context, next) =>
  next(name === "eventsource-wasm" ? "eventsource-wasm/js" : name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

// Node's own fetch needs WebAssembly once, for the first request.
const server = createServer((_, response) =>
  response.writeHead(204, { Connection: "close" }).end(),
);
await once(server.listen(0, "127.0.0.1"), "listening");
await fetch(`http://127.0.0.1:${server.address().port}`);
server.close();
delete globalThis.WebAssembly;
