const { EventSource } = require("eventsource-wasm");
const { install } = require("eventsource-wasm/polyfill");

install();
import("../app/check.js").then(({ check }) => check(EventSource, process.env.STREAMS));
