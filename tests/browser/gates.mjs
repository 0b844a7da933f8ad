// Promises by name: whoever comes first, the one that waits or the one that opens, makes it.

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
