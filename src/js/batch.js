// Reads the rows of a batch. It decodes the text once, then cuts each string out of it. `Batch::table` in Rust
// describes the layout.

/** Numbers in a row. */
export const COLUMNS = 3;

let decoder;

export class Batch {
  /** The row's, once `next` has returned true. `data` is undefined if the row has no event. */
  data;
  type;
  /** The last event ID string as of this row. Before the first row, it is that of the previous batch. */
  lastEventId;

  #text;
  #ends;
  #row = 0;
  #start = 0;

  /** Both arrays are views of memory that will be reused, so they are read at once. */
  constructor(utf8, table, lastEventId) {
    this.#text = decode(utf8);
    this.#ends = table.slice();
    this.lastEventId = lastEventId;
  }

  /** The last event ID string after the last row. Valid only before the first call of `next`. */
  get finalLastEventId() {
    const ends = this.#ends;
    for (let end = ends.length - 1; end > 0; end -= COLUMNS) {
      if (ends[end] !== -1) return this.#text.slice(ends[end - 1], ends[end]);
    }
    return this.lastEventId;
  }

  get isOver() {
    return this.#row === this.#ends.length;
  }

  next() {
    if (this.isOver) return false;
    const row = this.#row;
    const dataEnd = this.#ends[row];
    const typeEnd = this.#ends[row + 1];
    const idEnd = this.#ends[row + 2];
    const text = this.#text;
    if (dataEnd === -1) {
      this.data = undefined;
    } else {
      this.data = text.slice(this.#start, dataEnd);
      this.type = dataEnd === typeEnd ? "message" : text.slice(dataEnd, typeEnd);
    }
    if (idEnd !== -1) this.lastEventId = text.slice(typeEnd, idEnd);
    this.#start = Math.max(typeEnd, idEnd);
    this.#row = row + COLUMNS;
    return true;
  }
}

/** After two gigabytes, Safari's decoder throws. A new one works. */
function decode(utf8) {
  try {
    decoder ??= newDecoder();
    return decoder.decode(utf8);
  } catch {
    decoder = newDecoder();
    return decoder.decode(utf8);
  }
}

const newDecoder = () => new TextDecoder("utf-8", { ignoreBOM: true });
