// Random numbers that a seed repeats: a counter, whose steps are mixed well.

export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 up to, but not, `limit`. */
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

  /** True once in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  /** Another one, for the n-th part of what this one is for. */
  part(n) {
    return new Random(Math.imul(this.#state ^ (n + 1), 0x85ebca6b));
  }
}
