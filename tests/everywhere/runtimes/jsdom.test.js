// @vitest-environment jsdom

import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { test } from "vitest";
import { check } from "../app/check.js";

test("in jsdom", async () => {
  install();
  await check(EventSource, process.env.STREAMS);
});
