import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { EventSource, initialise } from "eventsource-wasm/slim";
import { check } from "../app/check.js";

const wasm = import.meta.resolve("eventsource-wasm/eventsource.wasm");
initialise(readFile(fileURLToPath(wasm)));
globalThis.EventSource = EventSource;
await check(EventSource, process.env.STREAMS);
