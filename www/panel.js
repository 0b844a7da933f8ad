// One side of the comparison. It is given a class, and uses only the standard's interface of it.

import { Ledger } from "./ledger.js";
import { Log } from "./log.js";
import { Strip } from "./strip.js";

const STATES = ["connecting", "open", "closed"];
const SAME_BURST = 40;

const FAILED =
  "The connection failed, and is not retried. The response needs status 200 and the type " +
  "text/event-stream, and CORS has to allow it. The browser’s console says what was wrong.";

export class Panel {
  #EventSource;
  #root;
  #log;
  #strip;
  #ledger = new Ledger(true);
  #source = null;
  #reopened = null;
  #brokenAt = null;
  #figuresDue = false;

  /** Without a class, the panel shows only `absence`, which says why there is none. */
  constructor({ title, origin, EventSource, absence }) {
    const template = document.querySelector("#panel");
    this.#root = template.content.cloneNode(true).firstElementChild;
    this.#EventSource = EventSource;
    this.#root.ariaLabel = title;
    this.#part("h2").textContent = title;
    this.#part(".origin").textContent = origin;
    this.#part(".log").ariaLabel = `What ${title} did, newest first`;
    this.#part(".log").tabIndex = 0;
    document.querySelector("#panels").append(this.#root);
    this.#log = new Log(this.#part(".log"));
    this.#strip = new Strip(this.#part(".strip"));
    if (!EventSource) this.#note(absence, "bad");
  }

  /** If the class's constructor throws, this throws the same, and leaves everything as it was. */
  connect(url, { withCredentials, types, numbered }) {
    if (!this.#EventSource) return;
    const source = new this.#EventSource(url, { withCredentials });
    this.close();
    this.#source = source;
    this.#ledger = new Ledger(numbered);
    this.#reopened = null;
    this.#brokenAt = null;
    this.#log.restart();
    this.#strip.restart();
    this.#note("");
    this.#log.add({ kind: "connecting", tone: "connecting", text: source.url });
    this.#showState();
    source.addEventListener("open", (event) => this.#opened(event));
    source.addEventListener("error", (event) => this.#erred(event));
    for (const type of new Set(["message", ...types])) {
      if (type !== "open" && type !== "error") {
        source.addEventListener(type, (event) => this.#received(event));
      }
    }
  }

  close() {
    if (!this.#source || this.#source.readyState === this.#EventSource.CLOSED) return;
    this.#source.close();
    this.#log.add({ kind: "closed", tone: "closed", text: "by the page" });
    this.#showState();
  }

  #opened(event) {
    if (event instanceof MessageEvent) return this.#received(event);
    const again = this.#brokenAt !== null;
    const away = again ? `after ${seconds(performance.now() - this.#brokenAt)}` : "";
    if (again) {
      this.#ledger.reconnections++;
      this.#reopened = { away, until: performance.now() + SAME_BURST, caughtUp: 0 };
      this.#brokenAt = null;
    }
    this.#log.add({ kind: "open", tone: "open", text: again ? `again, ${away}` : "" });
    this.#showState();
  }

  #erred(event) {
    if (event instanceof MessageEvent) return this.#received(event);
    const failed = this.#source.readyState === this.#EventSource.CLOSED;
    this.#brokenAt ??= performance.now();
    this.#log.add({
      kind: "error",
      tone: failed ? "closed" : "connecting",
      text: failed ? "failed, not retried" : "connection lost, reconnecting",
    });
    this.#note(failed ? FAILED : "", "bad");
    this.#showState();
  }

  #received({ type, data, lastEventId }) {
    const resumed = this.#isCatchingUp();
    this.#ledger.receive(lastEventId);
    this.#strip.stroke(resumed ? "resumed" : type);
    this.#log.add({ kind: type, tone: "event", text: data, id: lastEventId, resumed });
    this.#showFigures();
  }

  // Missed events arrive in one burst right after `open`. The first event that does not follow
  // closely on the one before is live again.
  #isCatchingUp() {
    if (!this.#reopened) return false;
    const now = performance.now();
    if (now < this.#reopened.until) {
      this.#reopened.until = now + SAME_BURST;
      this.#reopened.caughtUp++;
      return true;
    }
    const { away, caughtUp } = this.#reopened;
    const { lost } = this.#ledger;
    const missed = caughtUp === 0 ? "nothing was missed" : `${caughtUp} missed and sent at once`;
    const sum = lost === null ? "" : `, ${lost === 0 ? "none" : lost} lost`;
    this.#note(`Open again ${away}: ${missed}${sum}.`, lost ? "bad" : "good");
    this.#reopened = null;
    return false;
  }

  #showState() {
    const { readyState } = this.#source;
    const name = STATES[readyState];
    this.#root.dataset.state = name;
    this.#part(".state span").textContent = `${name.toUpperCase()} ${readyState}`;
    this.#strip.state(name);
    this.#showFigures();
  }

  #showFigures() {
    if (this.#figuresDue) return;
    this.#figuresDue = true;
    requestAnimationFrame(() => {
      this.#figuresDue = false;
      for (const place of this.#root.querySelectorAll("[data-figure]")) {
        const figure = this.#ledger[place.dataset.figure];
        place.textContent = figure === null ? "–" : inShort(figure);
        place.dataset.zero = figure === null ? "" : figure === 0;
      }
    });
  }

  #note(text, tone = "") {
    const note = this.#part(".note");
    note.textContent = text;
    note.dataset.tone = tone;
  }

  #part(selector) {
    return this.#root.querySelector(selector);
  }
}

function inShort(figure) {
  const notation = figure < 1_000_000 ? "standard" : "compact";
  return figure.toLocaleString("en", { notation, maximumFractionDigits: 2 });
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
