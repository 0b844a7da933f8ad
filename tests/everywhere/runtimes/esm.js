import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { check } from "../app/check.js";

install();
await check(EventSource, process.env.STREAMS);
