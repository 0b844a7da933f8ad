"use client";

// Rendered on the server too, where importing the package has to be harmless.

import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { useEffect } from "react";
import { check } from "../../../app/check.js";

export default function Page() {
  useEffect(() => {
    install();
    check(EventSource, new URLSearchParams(location.search).get("streams"));
  }, []);
  return EventSource.name;
}
