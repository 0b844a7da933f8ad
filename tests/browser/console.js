// Listens to the console, for tests of what developers get to read.

import { defer } from "./harness.js";

/** The lines that are written until the test is over. They do not reach the real console. */
export function listenToConsole() {
  const lines = [];
  for (const method of ["log", "info", "debug", "warn", "error"]) {
    const original = console[method];
    defer(() => {
      console[method] = original;
    });
    console[method] = (...args) => lines.push(args.join(" "));
  }
  return lines;
}
