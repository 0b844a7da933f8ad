// The app that every bundler builds.

import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { check } from "./check.js";

install();
check(EventSource, new URLSearchParams(location.search).get("streams"));
