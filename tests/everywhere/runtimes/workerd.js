import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { check } from "../app/check.js";

export default {
  async test(_, { STREAMS }) {
    install();
    await check(EventSource, STREAMS);
  },
};
