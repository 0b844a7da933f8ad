import wasm from "eventsource-wasm/eventsource.wasm";
import { EventSource, initialise } from "eventsource-wasm/slim";
import { check } from "../app/check.js";

initialise(wasm);
globalThis.EventSource = EventSource;

export default { test: (_, { STREAMS }) => check(EventSource, STREAMS) };
