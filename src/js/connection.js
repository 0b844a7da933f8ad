// A source's connection, as its receiver gets it. The core connects, reads and parses; here its reports
// become calls of the receiver, and nothing is known about what that makes of them.
//
// A receiver has:
//   announce(url)         the connection is open; the URL is the response's, empty if a script made it
//   deliver(batch, done)  events, to be taken one by one; `done` is called after the last
//   read()                a chunk has come that completes no event
//   lose(failure, told)   the connection is lost, or has failed: there is a `delay` until the next request,
//                         or none. `told` is called when the page knows, with whether it took the response
//   close()               the page goes away

import { Batch } from "./batch.js";
import { loadCore } from "./core.js";
import { unwatch, watch } from "./realm_events.js";

/** In batches, which are made of at most 64 KiB each. */
const LONGEST_BACKLOG = 16;

export class Connection {
  /**
   * The standard's string at the end of what has been delivered, while the receiver may still be at an
   * earlier event: a page that pipes one response after another asks for it as soon as the first is piped.
   */
  lastEventId = "";
  /** In milliseconds; the core's default until the stream sets it. */
  reconnectionTime = 3000;

  #source;
  #receiver;
  #task;
  #isClosed = false;
  #backlog = 0;
  #caughtUp;

  constructor(source, receiver) {
    this.#source = source;
    this.#receiver = receiver;
    this.#start();
  }

  async #start() {
    try {
      const { Task } = await loadCore();
      if (this.#isClosed) return;
      this.#task = new Task(this.#source, this.#sink());
      watch(this.#task, this.#receiver);
    } catch (error) {
      this.#fail("init", error?.message ?? `${error}`, error);
    }
  }

  /** What is read from now on belongs to another response. Before there is a task, nothing was read. */
  reset() {
    this.#task?.reset();
  }

  /** The receiver hears nothing more from the core. */
  close() {
    this.#isClosed = true;
    if (this.#task) {
      unwatch(this.#task);
      this.#task.close();
      this.#task = undefined;
    }
    this.#source.close();
  }

  #sink() {
    const receiver = this.#receiver;
    return {
      announce: (url) => receiver.announce(url),
      deliver: (utf8, table, reconnectionTime) => {
        if (reconnectionTime !== undefined) this.reconnectionTime = reconnectionTime;
        return table.length > 0 ? this.#deliver(utf8, table) : receiver.read();
      },
      read: () => receiver.read(),
      lose: (reason, message, isSilent, attempt, delay, response, error) =>
        new Promise((told) => {
          const failure = { reason, message, isSilent, attempt, delay, response, error };
          receiver.lose(failure, told);
        }),
    };
  }

  /** Returns a promise where more than enough is waiting, fulfilled when nothing is. */
  #deliver(utf8, table) {
    let batch;
    try {
      batch = new Batch(utf8, table, this.lastEventId);
    } catch (error) {
      const message = `an event is longer than a string can be here. Send smaller events. (${error})`;
      return this.#fail("size", message, error);
    }
    this.lastEventId = batch.finalLastEventId;
    this.#backlog++;
    this.#receiver.deliver(batch, () => {
      if (--this.#backlog === 0) this.#caughtUp?.();
    });
    if (this.#backlog < LONGEST_BACKLOG) return undefined;
    return new Promise((resolve) => {
      this.#caughtUp = resolve;
    });
  }

  #fail(reason, message, error) {
    this.#receiver.lose({ reason, message, error, attempt: 1 }, () => {});
  }
}
