// The edge runtime does not compile bytes. The package's condition "edge-light" imports a compiled module.

import { EventSource } from "eventsource-wasm";
import { install } from "eventsource-wasm/polyfill";
import { check } from "../../../../app/check.js";

export const runtime = "edge";

export async function GET(request) {
  install();
  await check(EventSource, request.nextUrl.searchParams.get("streams"));
  return new Response();
}
