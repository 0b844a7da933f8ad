// Section 4 of behaviour.md: a page that a service worker controls. What the worker is asked, and what its
// answers lead to, is compared with the browser's own EventSource in the same page.

import { difference, explain } from "../differential.js";
import { config, defer, section, test } from "../harness.js";
import { stream } from "../scenario.js";

section("service worker");

const WINDOW = { only: ["window"], ours: true };
const START = stream("retry: 1\nid: 1\ndata: a\n\n");

/** The two classes, from a page that the worker controls. */
async function controlledClasses() {
  const scope = "/tests/browser/controlled";
  const registration = await navigator.serviceWorker.register("/tests/browser/interceptor.js", {
    scope,
  });
  defer(() => registration.unregister());
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== "activated") {
    await new Promise((resolve) => {
      worker.addEventListener("statechange", resolve, { once: true });
    });
  }
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = `${scope}.html`;
  document.documentElement.append(frame);
  defer(() => frame.remove());
  await loaded;
  if (!frame.contentWindow.navigator.serviceWorker.controller) throw new Error("not controlled");
  return [frame.contentWindow.Native, frame.contentWindow.EventSource];
}

const NO_ID = "its own does not tell a service worker the last event ID";
const AN_ABORT = "it takes an error of the body for an abort; the standard reconnects";
const GIVES_UP = "it gives up at once; the standard reconnects";

/** Why an engine's own class differs here. */
const DEPARTURES = {
  "passes it on": { chromium: NO_ID },
  "describes the request": { chromium: NO_ID, webkit: "it says Cache-Control, fetch only later" },
  "makes a body that breaks": { chromium: AN_ABORT, firefox: AN_ABORT },
  "answers with an error": { firefox: GIVES_UP },
  "does not answer": { firefox: GIVES_UP },
  "fetches another origin": { chromium: "the messages' origin is that of the request" },
  "gives an opaque response": { firefox: GIVES_UP, webkit: GIVES_UP },
};

for (const [name, sw, errors] of [
  ["passes it on", "passed passed passed"],
  ["describes the request", "described described"],
  ["makes the response", "made made"],
  ["makes the response of a stream", "streamed"],
  ["makes a response without a body", "made empty"],
  ["makes a body that breaks", "made broken"],
  ["answers with an error", "made failed"],
  ["does not answer", "made rejected"],
  ["says 404", "made missing"],
  ["fetches another origin", "elsewhere"],
  ["gives an opaque response", "made opaque", 2],
  ["redirects", "redirected", 1],
]) {
  test(
    `it ${name}`,
    async () => {
      const url = (there) =>
        `${there.url}?${new URLSearchParams({ sw, elsewhere: there.otherUrl })}`;
      const given = { connections: [START], options: { cors: {} }, url, errors };
      const found = await difference(given, await controlledClasses());
      if (found) throw new Error(explain(found));
    },
    { ...WINDOW, when: () => !DEPARTURES[name]?.[config.browser] },
  );
}
