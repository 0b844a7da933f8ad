// Connects the form to two panels, which differ only in the class: ours and the browser's own. A
// button that cannot do anything at the moment is not disabled, because the keyboard would lose its
// place. It says why.

import { Panel } from "./panel.js";

const form = document.querySelector("#form");
const url = document.querySelector("#url");
const types = document.querySelector("#types");
const credentials = document.querySelector("#credentials");
const mistake = document.querySelector("#url-error");
const status = document.querySelector("#status");
const backToDemo = document.querySelector("#demo");

const FAULTS = {
  cut: { path: "/cut", done: "cut; the server accepts new ones" },
  outage: { path: "/cut", more: { for: "5000" }, done: "cut; new ones are reset for 5 seconds" },
  end: { path: "/end", done: "ended; the server answers new requests with 204" },
};

const panels = [
  new Panel({ title: "eventsource-wasm", origin: "Rust and WebAssembly", ...(await ours()) }),
  new Panel({
    title: "Native EventSource",
    origin: "built into this browser",
    EventSource: globalThis.EventSource,
    absence: "This browser has no EventSource of its own. The other panel works without it.",
  }),
];

let demoUrl = "";
let connectedUrl = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  // A stream that was ended stays ended, so each connection to the demo gets a new stream.
  if (url.value === demoUrl) offerDemo();
  connect();
});
url.addEventListener("input", () => {
  backToDemo.hidden = url.value === demoUrl;
  complain("");
});
backToDemo.addEventListener("click", () => {
  offerDemo();
  connect();
  url.focus();
});
document.querySelector("#close").addEventListener("click", () => {
  for (const panel of panels) panel.close();
  status.textContent = "";
});
for (const button of document.querySelectorAll("[data-fault]")) {
  button.addEventListener("click", () => provoke(FAULTS[button.dataset.fault]));
}

offerDemo();
connect();

async function ours() {
  try {
    const { EventSource } = await import("/pkg/eventsource.js");
    return { EventSource };
  } catch (error) {
    return { absence: `The package did not load (${error.message}). Build it with “npm start”.` };
  }
}

function offerDemo() {
  const name = Math.random().toString(36).slice(2, 8);
  demoUrl = `/events?stream=${name}`;
  url.value = demoUrl;
  backToDemo.hidden = true;
}

function connect() {
  status.textContent = "";
  complain("");
  if (url.value.trim() === "") {
    complain("The URL is missing. Type that of an event stream, or a path on this server.");
    return;
  }
  const options = {
    withCredentials: credentials.checked,
    types: types.value.split(/[\s,]+/).filter(Boolean),
    numbered: url.value === demoUrl,
  };
  try {
    for (const panel of panels) panel.connect(url.value, options);
    connectedUrl = url.value;
  } catch (error) {
    complain(`${error.name}: ${error.message}`);
  }
}

function complain(text) {
  mistake.textContent = text;
  mistake.hidden = text === "";
  url.ariaInvalid = String(text !== "");
  if (text) url.focus();
}

async function provoke({ path, more, done }) {
  if (connectedUrl === null || connectedUrl !== demoUrl) {
    status.textContent = "These buttons work only on the demo’s own stream. Connect to it first.";
    return;
  }
  status.textContent = "";
  const { searchParams } = new URL(connectedUrl, location.href);
  const query = new URLSearchParams({ stream: searchParams.get("stream"), ...more });
  try {
    const response = await fetch(`${path}?${query}`, { method: "POST" });
    const { connections: count } = response.ok ? await response.json() : {};
    status.textContent = response.ok ? `${connections(count)} ${done}.` : await response.text();
  } catch {
    status.textContent = "The server cannot be reached. Check that “npm start” is still running.";
  }
}

function connections(count) {
  return `${count} ${count === 1 ? "connection" : "connections"}`;
}
