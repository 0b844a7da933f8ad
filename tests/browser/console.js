// What is written to the console, for tests of what a developer gets to read.

import { defer } from "./harness.js";

/** The lines written until the test is over; they are written no further. */
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
