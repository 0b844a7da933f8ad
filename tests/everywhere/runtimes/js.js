import { EventSource } from "eventsource-wasm/js";
import { check } from "../app/check.js";

globalThis.EventSource = EventSource;
await check(EventSource, process.env.STREAMS);
