// The standard's "queue a task" for what a page gets to see of one EventSource: steps run one after the
// other, each with an empty stack, and every promise job that a step has queued, however deep, runs before
// the next step, of this source or of another.
//
// A step runs in a turn: a callback that the platform calls, and that has to be posted. An event that comes
// alone needs no turn. It is read in a task of the platform's, and if no page code has run in that task, the
// step runs at once. More may be read in the same task, so the source then settles until the task must be over.
//
//                               CLEAN             SETTLING          POSTED
//   step in a task of its own   run, SETTLING ¹   post, POSTED      –
//   step otherwise              post, POSTED      post, POSTED      –
//   chunk without an event      SETTLING ²        all hops again    –
//   the last hop                –                 CLEAN             –
//   turn, with a step           –                 –                 run
//   turn, with nothing to do    –                 –                 CLEAN
//
// ¹ If no source is unsettled; otherwise like the next row. If there is more to do: post, POSTED.
// ² If a source is unsettled; otherwise nothing, because no page code has run in this task.
//
// POSTED lasts until a turn finds nothing to do. The core may wait for the last step, and it then reads the
// next chunk in that step's promise jobs. What another source has posted does not matter: its turn and this
// source's read are two callbacks of the platform's, and all promise jobs run between them.

import { captureContext } from "./context.js";
import { post } from "./post.js";

const CLEAN = 0;
const SETTLING = 1;
const POSTED = 2;

/**
 * In promise jobs. If chunks have arrived together, a source reads each within so many jobs after the one
 * before, and its first within so many after another source's: at once in Chromium, within one job in
 * WebKitGTK, two in Node 26, three at most. A job takes 0.04 µs in Chromium and 0.24 in Firefox.
 */
const HOPS_OF_A_READ = 8;

/** The source whose step has run at once. Until its hops have passed, no other source's step may. */
let unsettled;

export class Turns {
  #state = CLEAN;
  #hopsLeft = 0;
  #steps = [];
  #inContext;

  /** `inContext` calls a function in the asynchronous context of the steps. */
  constructor(inContext = captureContext()) {
    this.#inContext = inContext;
  }

  /**
   * Queues `step`, which does one thing and returns whether it has more to do. `isInOwnTask`: the caller is in a
   * task of the platform's, so the step may run now if no page code has run in that task.
   */
  queue(step, isInOwnTask) {
    this.#steps.push(step);
    if (isInOwnTask && this.#state === CLEAN && !unsettled) {
      unsettled = this;
      this.#inContext(() => this.#turn());
      this.readOn();
    }
    if (this.#state === POSTED || this.#steps.length === 0) return;
    this.#state = POSTED;
    this.#inContext(post, () => this.#turn());
  }

  /** A chunk has come without an event: the next may be read in the same task. */
  readOn() {
    this.#hopsLeft = HOPS_OF_A_READ;
    if (this.#state === CLEAN && unsettled) this.#settle();
  }

  async #settle() {
    this.#state = SETTLING;
    while (this.#hopsLeft-- > 0) await null;
    if (this.#state === SETTLING) this.#state = CLEAN;
    if (unsettled === this) unsettled = undefined;
  }

  /** Takes a step; returns whether there may be need for another turn. */
  #turn() {
    if (this.#steps.length === 0) {
      this.#state = CLEAN;
      return false;
    }
    let hasMore = false;
    try {
      hasMore = this.#steps[0]();
    } catch (error) {
      // Something that a page has replaced throws. That is reported, and stops no other step.
      Promise.reject(error);
    }
    if (!hasMore) this.#steps.shift();
    return true;
  }
}
