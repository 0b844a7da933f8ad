// Builds what is missing, serves the demo with its own event streams, and prints the address.

import { serve } from "../www/server.mjs";
import { build } from "./build.mjs";

await build();
const { address } = await serve({ port: Number(process.env.PORT ?? 8080) });
console.log(`The demo is at ${address}. Press Ctrl+C to end it.`);
