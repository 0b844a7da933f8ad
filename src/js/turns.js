// The standard's "queue a task" for what a page gets to see: steps run one after the other, each with
// an empty stack, so that every promise job a step has queued, however deep, runs before the next.
//
// A platform runs all promise jobs after each callback that it calls itself. One message to a port
// with many listeners is many such callbacks for the price of one task; in Node, immediates are.

const TURNS_PER_TASK = 512;

const steps = [];
/** Turns are on their way. */
let arePosted = false;
/** Nothing has run since the last turn ended: promise jobs cannot be waiting. */
let isClean = true;
let post;

/**
 * Queues `step`, which does one thing and returns whether it has more to do, in turns of their own.
 * The first may be now where the caller is in a task of the platform's, in which no page has run.
 */
export function queueSteps(step, isInOwnTask) {
  steps.push(step);
  if (arePosted) return;
  if (isInOwnTask && isClean) takeStep();
  post ??= bestPost();
  arePosted = true;
  post();
}

function takeStep() {
  isClean = false;
  const hasMore = steps[0]();
  if (!hasMore) steps.shift();
}

/** One turn; returns whether there may be need for another. */
function turn() {
  if (steps.length > 0) {
    takeStep();
    return true;
  }
  arePosted = false;
  isClean = true;
  return false;
}

function bestPost() {
  for (const make of [immediates, portWithListeners]) {
    try {
      return make();
    } catch {
      // It is missing; or there only to throw that it is, as in Vercel's functions.
    }
  }
  return postTimeout;
}

function immediates() {
  clearImmediate(setImmediate(() => {}));
  return postImmediates;
}

function portWithListeners() {
  const { port1, port2 } = new MessageChannel();
  const message = () => port2.postMessage(null);
  for (let count = 1; count <= TURNS_PER_TASK; count++) {
    const isLast = count === TURNS_PER_TASK;
    port1.addEventListener("message", (event) => {
      if (!turn()) event.stopImmediatePropagation();
      else if (isLast) message();
    });
  }
  port1.start();
  return message;
}

function postImmediates() {
  let left = TURNS_PER_TASK;
  const immediates = Array.from({ length: TURNS_PER_TASK }, () =>
    setImmediate(() => {
      left--;
      if (!turn()) for (const immediate of immediates) clearImmediate(immediate);
      else if (left === 0) postImmediates();
    }),
  );
}

/** A turn a task. */
function postTimeout() {
  setTimeout(() => turn() && postTimeout());
}
