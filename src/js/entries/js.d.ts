export * from "./eventsource.js";
