// Promises by name. The first caller for a name makes its promise, no matter whether it waits for it or opens
// it.

export class Gates {
  #gates = new Map();

  #gate(name) {
    if (!this.#gates.has(name)) {
      let open;
      const opened = new Promise((resolve) => (open = resolve));
      this.#gates.set(name, { open, opened });
    }
    return this.#gates.get(name);
  }

  open(name, value) {
    this.#gate(name).open(value);
  }

  opened(name) {
    return this.#gate(name).opened;
  }

  openAll() {
    for (const { open } of this.#gates.values()) open(null);
  }
}
