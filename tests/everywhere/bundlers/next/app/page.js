"use client";

// This is rendered on the server, too, so importing the package has to be harmless there.

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
