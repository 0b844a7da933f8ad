// The list of what happened, newest first. Entries wait for the next frame, then enter the document
// together. Only the newest are kept, both waiting and shown. So neither a flood of events nor a
// night in a hidden tab makes the page grow.

const KEPT = 80;
const LONGEST_DATA = 400;

export class Log {
  #list;
  #waiting = [];
  #startedAt = 0;

  constructor(list) {
    this.#list = list;
  }

  restart() {
    this.#startedAt = performance.now();
    this.#waiting = [];
    this.#list.replaceChildren();
  }

  /** `kind` is an event type or a state, `tone` says how it looks, and the rest may be left out. */
  add({ kind, tone, text = "", id = "", resumed = false }) {
    if (this.#waiting.length === 0) requestAnimationFrame(() => this.#flush());
    const at = performance.now() - this.#startedAt;
    this.#waiting.push({ at, kind, tone, text, id, resumed });
    if (this.#waiting.length > KEPT) this.#waiting.shift();
  }

  #flush() {
    this.#list.prepend(...this.#waiting.map(row).reverse());
    this.#waiting = [];
    while (this.#list.childElementCount > KEPT) this.#list.lastElementChild.remove();
  }
}

function row({ at, kind, tone, text, id, resumed }) {
  const item = document.createElement("li");
  item.dataset.tone = tone;
  item.append(cell("time", `${(at / 1000).toFixed(1)} s`), cell("kind", kind));
  const number = cell("id", id && `#${id}`);
  if (resumed) number.prepend(cell("resumed", "caught up"));
  item.append(cell("data", shortened(text)), number);
  return item;
}

function cell(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

function shortened(text) {
  if (text.length <= LONGEST_DATA) return text;
  return `${text.slice(0, LONGEST_DATA)}… (${text.length.toLocaleString("en")} characters)`;
}
