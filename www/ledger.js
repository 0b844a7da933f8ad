// Counts the events that a stream delivered, independently of the class that delivered them. The
// demo's stream numbers its events from 1 without a gap, so every number up to the highest has to
// arrive exactly once. Events of other streams are only counted.

export class Ledger {
  received = 0;
  reconnections = 0;
  duplicated = 0;
  #highest = 0;
  #missing = new Set();
  #numbered;

  constructor(numbered) {
    this.#numbered = numbered;
    if (!numbered) this.duplicated = null;
  }

  get expected() {
    return this.#numbered ? this.#highest : null;
  }

  get lost() {
    return this.#numbered ? this.#missing.size : null;
  }

  receive(lastEventId) {
    this.received++;
    if (!this.#numbered) return;
    const n = Number(lastEventId);
    if (n <= this.#highest) {
      if (!this.#missing.delete(n)) this.duplicated++;
      return;
    }
    while (++this.#highest < n) this.#missing.add(this.#highest);
  }
}
