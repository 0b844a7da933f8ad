// Scripted connections, on the client's side: functions that make the steps of a script, and the questions
// that a test asks the server.

import { config, defer } from "./harness.js";

export const head = (status, headers = {}) => ({ head: [status, pairs(headers)] });
export const wait = (gate) => ({ wait: gate });
export const reset = { reset: true };
/** Keeps the connection open until the test is over. */
export const hold = wait("the end of the test");

/** A script: a response that is an event stream. Its strings and bytes are written one by one. */
export const stream = (...body) => respond(200, { "Content-Type": "text/event-stream" }, ...body);

/** A script: a response with a status, a body, and headers, which are an object or pairs. */
export const respond = (status, headers, ...body) => [
  head(status, headers),
  ...body.map((part) => (isBytes(part) ? { bytes: base64(part) } : part)),
];

export const redirect = (status, location) => respond(status, { Location: location });

/**
 * Makes a scenario. The n-th request gets the n-th script. When there is no script left, requests get `last`,
 * by default a 204. In a script, "{id}" becomes the scenario's ID, for a Location at another origin.
 * @param {object[][]} connections
 * @param {object} [options]
 * @param {object[]} [options.last]
 * @param {object[][]} [options.preflights]  scripts for the first OPTIONS requests
 * @param {object[][]} [options.probes]      scripts for the first HEAD requests
 * @param {{ origin?: string, credentials?: boolean, allow?: string }} [options.cors]
 */
export async function scenario(connections, options = {}) {
  const id = `${config.realm}-${Math.random().toString(36).slice(2)}`;
  const ask = (path = "", body) => askServer(`/scenarios/${id}${path}`, body);
  await ask("", JSON.stringify({ connections, ...options }).replaceAll("{id}", id));
  defer(() => ask("/end"));
  return {
    id,
    path: `/streams/${id}/events`,
    url: `${config.origin}/streams/${id}/events`,
    /** The same streams at another origin. */
    otherUrl: `${config.other}/streams/${id}/events`,
    /** The same streams at this port. */
    urlAt: (port) => `http://127.0.0.1:${port}/streams/${id}/events`,
    open: (gate) => ask(`/open/${gate}`),
    /** Resolves with the n-th request, counted from 1. Others are called "probe 1" or "preflight 1". */
    arrived: async (n = 1) => describe(await ask(`/arrived/${n}`)),
    /** Resolves when the client has closed the n-th request's connection. */
    closed: (n = 1) => ask(`/closed/${n}`),
    /** All requests so far, including preflights. */
    log: async () => (await ask("/log")).map(describe),
  };
}

/** A port at which no server listens until `listen` is called. */
export async function closedPort() {
  const port = await askServer("/ports");
  return { port, listen: () => askServer(`/ports/${port}`) };
}

// Kept here, because tests replace the global one.
const fetchOfTheTest = globalThis.fetch.bind(globalThis);

/** Asks the server a question, or asks it to do something. Resolves with the answer. */
export async function askServer(path, body) {
  const response = await fetchOfTheTest(`${config.other}${path}`, { method: "POST", body });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/**
 * `header(name)` returns the bytes as a Latin-1 string. Several headers are joined by ", ". It is undefined if there
 * is none.
 */
function describe(entry) {
  const header = (name) => {
    const values = entry.headers.filter(([key]) => key === name).map(([, value]) => value);
    return values.length > 0 ? values.join(", ") : undefined;
  };
  return { ...entry, header };
}

const isBytes = (part) => typeof part === "string" || part instanceof Uint8Array;

export const bytesOf = (part) => (typeof part === "string" ? new TextEncoder().encode(part) : part);

function base64(part) {
  return btoa(Array.from(bytesOf(part), (byte) => String.fromCharCode(byte)).join(""));
}

const pairs = (headers) => (Array.isArray(headers) ? headers : Object.entries(headers));
