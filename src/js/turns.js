// The standard's "queue a task" for what a page gets to see: steps run one after the other, each with
// an empty stack, so that every promise job a step has queued, however deep, runs before the next.
//
// A platform runs all promise jobs after each callback that it calls itself. One message to a port
// with many listeners is many such callbacks for the price of one task; in Node, immediates are.

/** In one task. */
const FEWEST_TURNS = 64;
const MOST_TURNS = 1024;
/** Of what has arrived together, the next chunk is read within as many promise jobs; three are the most seen. */
const HOPS_OF_A_READ = 8;

const steps = [];
/** Turns are on their way. */
let arePosted = false;
/** No promise jobs of a step that has run can be waiting. */
let isClean = true;
/** Until that is known. */
let hopsLeft = 0;
let post;

/**
 * Queues `step`, which does one thing and returns whether it has more to do, in turns of their own.
 * The first may be now where the caller is in a task of the platform's, in which no page has run.
 */
export function queueSteps(step, isInOwnTask) {
  steps.push(step);
  if (arePosted) return;
  if (isInOwnTask && isClean) {
    takeStep();
    if (steps.length === 0) return untilClean();
  }
  post ??= bestPost();
  post();
  arePosted = true;
}

/**
 * An event that comes alone needs no task after it. If nothing more of what has arrived is on its way
 * through the stream, what comes next comes in another task, before which all promise jobs have run.
 */
async function untilClean() {
  for (hopsLeft = HOPS_OF_A_READ; hopsLeft > 0; hopsLeft--) await null;
  isClean = !arePosted;
}

/** A chunk has come that queues nothing: within that time, it has arrived together with the one before. */
export function readOn() {
  if (hopsLeft > 0) hopsLeft = HOPS_OF_A_READ;
}

function takeStep() {
  isClean = false;
  let hasMore = false;
  try {
    hasMore = steps[0]();
  } catch (error) {
    // Of something that a page has replaced: it is reported, and stops nobody else's steps.
    Promise.reject(error);
  }
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
  const immediate = setImmediate(() => {});
  clearImmediate(immediate);
  // A page's own, made of something else, returns a number.
  if (typeof immediate !== "object") throw new TypeError("This is no platform's setImmediate.");
  return () => postImmediates(1);
}

/** Most often there is nothing more than one event, and one immediate finds that out; then more. */
function postImmediates(count) {
  let left = count;
  const immediates = Array.from({ length: count }, () =>
    setImmediate(() => {
      left--;
      if (!turn()) for (const immediate of immediates) clearImmediate(immediate);
      else if (left === 0) postImmediates(Math.min(count * 8, MOST_TURNS));
    }),
  );
}

/**
 * The next message is posted early, and has the more turns the more are needed, because in WebKit it
 * takes as long to arrive as a hundred events. A port looks at all its listeners to add one, so that a
 * thousand take milliseconds: a page with few events does without.
 */
function portWithListeners() {
  const { port1, port2 } = new MessageChannel();
  let isMessageOnItsWay = false;
  let count = 0;
  const message = () => {
    if (isMessageOnItsWay) return;
    isMessageOnItsWay = true;
    port2.postMessage(null);
  };
  const listen = (listener) => port1.addEventListener("message", listener);
  const addTurns = (more) => {
    for (; more > 0; more--) {
      const number = ++count;
      listen((event) => {
        if (!turn()) event.stopImmediatePropagation();
        else if (number === FEWEST_TURNS / 2) message();
        else if (number === count && count < MOST_TURNS) addTurns(count);
      });
    }
  };
  listen(() => {
    isMessageOnItsWay = false;
  });
  addTurns(FEWEST_TURNS);
  port1.start();
  return message;
}

/** A turn a task. */
function postTimeout() {
  setTimeout(() => turn() && postTimeout());
}
