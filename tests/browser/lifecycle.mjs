// Section 6 of behaviour.md: a page that the browser freezes and resumes. A page cannot do that to itself, so
// this speaks Chromium's DevTools protocol, through a pipe.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { within } from "../within.mjs";
import { browsers, CHROMIUM_SWITCHES } from "./launch.mjs";
import { root } from "./server.mjs";

/** In milliseconds. */
const PATIENCE = 30_000;

const PAGE = `<!doctype html>
<title>frozen</title>
<link rel="icon" href="data:,">
<script type="module">
  import { EventSource } from "/pkg/eventsource.js";
  globalThis.seen = [];
  globalThis.source = new EventSource("/events");
  source.onmessage = ({ data }) => seen.push(Number(data));
</script>
`;

/** Numbers from 1, every few milliseconds, from the last event ID on. At most one connection may be open. */
async function serve() {
  const open = new Set();
  let most = 0;
  const server = createServer(async (request, response) => {
    if (request.url === "/pkg/eventsource.js") {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(await readFile(join(root, "pkg/eventsource.js")));
    }
    if (request.url !== "/events") {
      response.setHeader("Content-Type", "text/html");
      return response.end(PAGE);
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("retry: 1\n\n");
    open.add(response);
    most = Math.max(most, open.size);
    response.on("close", () => open.delete(response));
    let number = Number(request.headers["last-event-id"] ?? 0);
    while (!response.destroyed) {
      number++;
      response.write(`id: ${number}\ndata: ${number}\n\n`);
      await pause(5);
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    most: () => most,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Calls a method of the protocol, for one page, and resolves with its result. */
async function attach(browser, url) {
  const [, , , input, output] = browser.stdio;
  const waiting = new Map();
  let number = 0;
  let rest = "";
  output.setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      waiting.get(message.id)?.(message);
    }
  });
  const call = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++number;
      waiting.set(id, ({ result, error }) => (error ? reject(error) : resolve(result)));
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const { targetId } = await call("Target.createTarget", { url });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  return (method, params) => call(method, params, sessionId);
}

async function goesOnAfterFreezing(call, server) {
  const evaluate = async (expression) =>
    (await call("Runtime.evaluate", { expression, returnByValue: true })).result.value;
  const until = async (expression) => {
    let isOver = false;
    const poll = async () => {
      while (!isOver && !(await evaluate(expression))) await pause(20);
    };
    await within(PATIENCE, poll(), `${expression} is not true`).finally(() => {
      isOver = true;
    });
  };
  await until("globalThis.seen?.length > 20");
  for (let time = 0; time < 3; time++) {
    await call("Page.setWebLifecycleState", { state: "frozen" });
    await pause(500);
    await call("Page.setWebLifecycleState", { state: "active" });
    const count = await evaluate("seen.length");
    await until(`seen.length > ${count + 50}`);
  }
  const seen = await evaluate("(source.close(), seen)");
  if (seen.some((data, index) => data !== index + 1))
    throw new Error(`events are missing: ${seen}`);
  if (server.most() !== 1) throw new Error(`${server.most()} connections at once`);
}

export async function run() {
  const { found } = browsers().find(({ name }) => name === "chromium");
  if (!found) return { passed: 0, failed: process.env.CI === "true" ? 1 : 0 };
  const server = await serve();
  const profile = await mkdtemp(join(tmpdir(), "eventsource-lifecycle-"));
  const switches = [...CHROMIUM_SWITCHES, "--remote-debugging-pipe", `--user-data-dir=${profile}`];
  const browser = spawn(found, switches, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  try {
    await goesOnAfterFreezing(await attach(browser, server.url), server);
    console.log("chromium: a frozen page goes on, with every event once");
    return { passed: 1, failed: 0 };
  } finally {
    browser.kill();
    await once(browser, "exit");
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

if (process.argv[1] === import.meta.filename) await run();
