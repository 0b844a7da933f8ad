// The entry of the suite in Node. It runs the same files, and imports the package by its name. The
// configuration is the argument.

import { config, runTests, uncaught } from "./harness.js";

Object.assign(config, JSON.parse(process.argv[2]));
await import("./suite.js");
await import("./suite/node.js");

const post = globalThis.fetch.bind(globalThis);
const report = (result) =>
  post(`${config.other}/reports/${config.run}/${config.realm}`, {
    method: "POST",
    body: JSON.stringify(result),
  });

process.on("uncaughtException", uncaught);
process.on("unhandledRejection", uncaught);
await runTests(report);
await report({ done: true });
