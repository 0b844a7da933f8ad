// Reads the rows of a batch, whose layout is described at `Batch::table` in Rust: one decode for all
// of them, then cuts.

/** Numbers in a row. */
export const COLUMNS = 3;

let decoder;

export class Batch {
  /** Of the row, once `next` has returned true; undefined where the row has no event. */
  data;
  type;
  /** The last event ID string then; before the first row, that of the batch before. */
  lastEventId;

  #text;
  #ends;
  #row = 0;
  #start = 0;

  /** Both arrays are views of memory that is used again: they are read now. */
  constructor(utf8, table, lastEventId) {
    this.#text = decode(utf8);
    this.#ends = table.slice();
    this.lastEventId = lastEventId;
  }

  /** Asked before the first row. */
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

/** Safari's decoder refuses after two gigabytes, when a new one does not. */
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
