// Random numbers. The same seed gives the same numbers, because each is a counter's value, mixed well.

export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 up to, but not including, `limit`. */
  below(limit) {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** True with a probability of 1 in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  /** Another generator, for the n-th part of what this one is used for. */
  part(n) {
    return new Random(Math.imul(this.#state ^ (n + 1), 0x85ebca6b));
  }
}
