// A connection: asks the core to connect a source, and passes the core's reports on to a receiver. What the
// receiver does with them is its own business.
//
// A receiver has these methods:
//   announce(url)         The connection is open. `url` is the response's, or empty if a script made that.
//   deliver(batch, done)  These events have come. The receiver takes them one by one, then calls `done`.
//   read()                A chunk has come that completes no event.
//   lose(failure, told)   The connection is lost, and `failure.delay` is the time until the next request. Or it
//                         has failed, and there is no `delay`. When the page knows, the receiver calls `told`,
//                         if there is one, with whether the page has taken the response.
//   close()               The page is going away.

import { Batch } from "./batch.js";
import { loadCore } from "./core.js";
import { unwatch, watch } from "./realm_events.js";

/** In batches. Each is made of at most 64 KiB of the stream. */
const LONGEST_BACKLOG = 16;

export class Connection {
  /**
   * The last event ID string after everything that was delivered, even if the receiver is still at an earlier
   * event. A page that pipes one response after another needs it as soon as the first is piped.
   */
  lastEventId = "";
  /** In milliseconds. It is the core's default until the stream sets it. */
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

  /** Everything read from now on belongs to another response. Without a task, nothing has been read yet. */
  reset() {
    this.#task?.reset();
  }

  /** After this, the core reports nothing more to the receiver. */
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
          const explained = message + causesOf(error);
          const failure = { reason, message: explained, isSilent, attempt, delay, response, error };
          receiver.lose(failure, told);
        }),
    };
  }

  /** If too many batches wait for the receiver, returns a promise that is fulfilled when none waits. */
  #deliver(utf8, table) {
    let batch;
    try {
      batch = new Batch(utf8, table, this.lastEventId);
    } catch (error) {
      const message = `an event is longer than this runtime's strings can be (${error}). Send smaller events.`;
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
    this.#receiver.lose({ reason, message, error, attempt: 1 });
  }
}

/** What was thrown and its causes, in brackets. In Node, only the causes name the host and the fault. */
function causesOf(error) {
  const causes = [];
  try {
    for (let cause = error; cause && causes.length < 9; cause = cause.cause) {
      causes.push(cause.message || cause.code || String(cause));
    }
  } catch {
    // A page can throw anything, and this is only for people to read.
  }
  return causes.length > 0 ? ` (${causes.join(": ")})` : "";
}
