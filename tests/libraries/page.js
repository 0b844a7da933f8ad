import { EventSource } from "../../pkg/eventsource.js";
import { install } from "../../pkg/polyfill.js";
import { hear, namesOf } from "./libraries.js";

install();
const heard = await hear(EventSource, `${location.origin}/page`, namesOf(true));
await fetch("/heard", { method: "POST", body: JSON.stringify(heard) });
