// The entry of the suite in every realm of a browser. The configuration is the query of the page's or the
// script's URL. Each result is posted to the server.

import { config, runTests, uncaught } from "./harness.js";
import "./suite.js";

const query = new URLSearchParams(location.search);
for (const name of ["run", "browser", "realm", "like", "origin", "other", "grep"])
  config[name] = query.get(name) ?? "";
for (const name of ["seed", "rounds"]) config[name] = Number(query.get(name));
config.native = query.has("native");
config.sections = query.get("sections")?.split(",");

const post = globalThis.fetch.bind(globalThis);
const report = (result) =>
  post(`${config.other}/reports/${config.run}/${config.realm}`, {
    method: "POST",
    body: JSON.stringify(result),
  });

addEventListener("error", (event) => {
  event.preventDefault();
  uncaught(event.error ?? event.message);
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  uncaught(event.reason);
});

async function start() {
  await runTests(report);
  await report({ done: true });
  globalThis.over?.();
}

const kind = config.like || config.realm;
if (kind === "shared") {
  globalThis.onconnect = start;
} else if (kind === "service") {
  globalThis.oninstall = () => globalThis.skipWaiting();
  globalThis.onmessage = (event) => event.waitUntil(start());
} else {
  start();
}
