// A server that honours Last-Event-ID, but whose connections break. It sends numbered events, from the one
// after the last event ID, in every form that the format allows. It refuses connections, and resets, ends or
// leaves them half-open at any byte. It counts what a client must not do.

import { setTimeout as pause } from "node:timers/promises";
import { Random } from "./random.js";

const LINE_ENDS = ["\n", "\r\n", "\r"];

/** What every event's data ends with. */
const TEXT = "é日😀";

class Numbers {
  #count;
  #cuts;
  #retry;
  #random;
  #open = 0;
  #endedAt;
  report = { requests: 0, overlaps: 0, early: 0, cuts: 0 };

  constructor({ count, cuts, retry, seed }) {
    this.#count = count;
    this.#cuts = cuts;
    this.#retry = retry;
    this.#random = new Random(seed);
  }

  async answer(request, response) {
    this.#arrived();
    const seen = Number(request.headers["last-event-id"] ?? 0);
    if (seen >= this.#count) {
      response.writeHead(204, { Connection: "close" }).end();
      return this.#ended();
    }
    const isFirst = this.report.requests === 1;
    const isCut = !isFirst && this.report.cuts < this.#cuts;
    if (isCut) this.report.cuts++;
    if (isCut && this.#random.once(10)) return this.#reset(response);
    response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "close" });
    // The first response only sets the reconnection time, so that no cut can lose that.
    const bytes = isFirst ? Buffer.from(`retry: ${this.#retry}\n`) : this.#bytes(seen);
    await this.#send(response, bytes, isCut);
  }

  #arrived() {
    this.report.requests++;
    if (this.#open > 0) this.report.overlaps++;
    // A timer may be a millisecond early, by the client's clock or by this one.
    const waited = performance.now() - this.#endedAt;
    if (waited < this.#retry - 2) this.report.early++;
    this.#open++;
  }

  #ended() {
    this.#open--;
    this.#endedAt = performance.now();
  }

  /** The events after `seen`, but at most as many as one connection gets. */
  #bytes(seen) {
    const last = Math.min(this.#count, seen + 200);
    const numbers = Array.from({ length: last - seen }, (_, i) => seen + 1 + i);
    return Buffer.from(numbers.map((number) => this.#event(number)).join(""));
  }

  #event(number) {
    const random = this.#random;
    const end = random.pick(LINE_ENDS);
    const lines = [`data: ${number}`, `data:${TEXT}`];
    const insert = (line) => lines.splice(random.below(lines.length + 1), 0, line);
    insert(`id: ${number}`);
    if (random.once(3)) insert(":");
    if (random.once(4)) insert("event: other");
    return `${lines.join(end)}${end}${end}`;
  }

  async #send(response, bytes, isCut) {
    const end = isCut ? this.#random.below(Math.min(bytes.length, 1200)) : bytes.length;
    for (let at = 0; at < end; ) {
      const next = Math.min(end, at + 1 + this.#random.below(800));
      const chunk = bytes.subarray(at, next);
      await new Promise((resolve) => response.write(chunk, resolve));
      at = next;
    }
    if (!isCut || this.#random.once(4)) {
      this.#ended();
      response.end();
      return;
    }
    // In most cases, it is half-open for a moment.
    if (!this.#random.once(3)) await pause(this.#random.below(6));
    this.#reset(response);
  }

  #reset(response) {
    this.#ended();
    const { socket } = response;
    if (this.#random.once(3)) socket?.destroy();
    else socket?.resetAndDestroy();
  }
}

/** Answers /numbers/…: POST makes such a server or asks for its report, and GET gets its stream. */
export class AllNumbers {
  #all = new Map();

  stream(request, response, [id]) {
    return this.#all.get(id).answer(request, response);
  }

  control([id, verb], body) {
    if (verb) return this.#all.get(id).report;
    this.#all.set(id, new Numbers(JSON.parse(body)));
    return true;
  }
}
