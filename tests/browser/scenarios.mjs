// Scripted connections, on the server's side. A test posts a scenario under an ID that it chooses. The n-th
// request of /streams/<id>/… gets the n-th script, step by step. When there is no script left, requests get
// `last`. All requests are logged with the bytes of their headers. To wait until request n has arrived, or
// until the client has closed it, a test makes a request that is answered at that moment. So nothing depends
// on sleeping for long enough.

import { setTimeout as pause } from "node:timers/promises";
import { Gates } from "./gates.mjs";

// Long enough for most clients to read two writes as two chunks. No test depends on that.
const BETWEEN_WRITES = 1;

const NO_CONTENT = [{ head: [204, []] }];

class Scenario {
  log = [];
  gates = new Gates();
  #kinds;
  #cors;
  #responses = new Set();

  constructor({ connections = [], last = NO_CONTENT, preflights = [], probes = [], cors }) {
    // Preflights and probes have scripts of their own.
    this.#kinds = {
      OPTIONS: { prefix: "preflight ", scripts: preflights, last: NO_CONTENT, arrived: 0 },
      HEAD: { prefix: "probe ", scripts: probes, last: NO_CONTENT, arrived: 0 },
      GET: { prefix: "", scripts: connections, last, arrived: 0 },
    };
    this.#cors = cors;
  }

  handle(request, response) {
    const kind = this.#kinds[request.method] ?? this.#kinds.GET;
    const number = ++kind.arrived;
    const name = `${kind.prefix}${number}`;
    const entry = {
      number: kind === this.#kinds.GET ? number : 0,
      method: request.method,
      url: request.url,
      headers: pairs(request.rawHeaders),
      time: performance.now(),
    };
    this.log.push(entry);
    this.gates.open(`arrived ${name}`, entry);
    this.#responses.add(response);
    response.on("close", () => {
      this.#responses.delete(response);
      entry.ended = performance.now();
      if (!response.writableFinished && !entry.reset) this.gates.open(`closed ${name}`, entry);
    });
    const chosen = new URL(request.url, "http://localhost").searchParams.get("script");
    const script = kind.scripts[chosen ?? number - 1] ?? kind.last;
    this.#play(script, request, response, entry).catch((error) => response.destroy(error));
  }

  async #play(script, request, response, entry) {
    for (const step of script) {
      if (response.destroyed) return;
      if (step.head) {
        const [status, headers] = step.head;
        response.writeHead(status, [
          ...["Connection", "close"],
          ...this.#corsHeaders(request),
          ...headers.flat(),
        ]);
        response.flushHeaders();
      } else if ("bytes" in step) {
        await new Promise((resolve) => response.write(Buffer.from(step.bytes, "base64"), resolve));
        await pause(BETWEEN_WRITES);
      } else if (step.wait) {
        await this.gates.opened(step.wait);
      } else if (step.reset) {
        entry.reset = true;
        response.socket?.resetAndDestroy();
        return;
      }
    }
    response.end();
  }

  #corsHeaders(request) {
    if (!this.#cors) return [];
    const { origin = request.headers.origin ?? "*", credentials, allow } = this.#cors;
    const headers = ["Access-Control-Allow-Origin", origin];
    if (credentials) headers.push("Access-Control-Allow-Credentials", "true");
    if (allow) headers.push("Access-Control-Allow-Headers", allow);
    return headers;
  }

  end() {
    for (const response of this.#responses) response.destroy();
    // Requests that were never answered would use up the browser's connections.
    this.gates.openAll();
  }
}

/** Answers /streams/… and /scenarios/…. The caller answers everything else. */
export class Scenarios {
  #scenarios = new Map();

  /** The stream of a scenario. */
  stream(request, response, [id]) {
    const scenario = this.#scenarios.get(id);
    if (scenario) scenario.handle(request, response);
    else response.writeHead(404, { Connection: "close" }).end();
  }

  /** Does what a test asks for. Resolves with the answer. */
  async control(method, [id, verb, name], body) {
    if (method === "POST" && !verb) {
      this.#scenarios.set(id, new Scenario(JSON.parse(body)));
      return true;
    }
    const scenario = this.#scenarios.get(id);
    if (!scenario) throw new Error(`no scenario ${id}`);
    switch (verb) {
      case "log":
        return scenario.log;
      case "arrived":
      case "closed":
        return scenario.gates.opened(`${verb} ${decodeURIComponent(name)}`);
      case "open":
        scenario.gates.open(name, true);
        return true;
      case "end":
        this.#scenarios.delete(id);
        scenario.end();
        return true;
      default:
        throw new Error(`unknown verb "${verb}"`);
    }
  }
}

const pairs = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i].toLowerCase(), flat[2 * i + 1]]);
