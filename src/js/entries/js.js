// The entry for places where WebAssembly is missing or refused: the same class, with its core in JavaScript.

import { setLoader, watched } from "../core.js";
import { instantiate } from "../translated.js";

export { EventSource } from "../eventsource.js";

setLoader(() => instantiate(watched));
