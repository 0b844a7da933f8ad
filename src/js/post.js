// Posting: has the platform call `run` in turns, each with an empty stack and all promise jobs of the one
// before behind it, until `run` returns false: it does one thing, and tells whether there may be more.
//
// A platform runs all promise jobs after each callback that it calls itself. One message to a port
// with many listeners is many such callbacks for the price of one task; in Node, immediates are.

/** Of a message. */
const FEWEST_TURNS = 64;
const MOST_TURNS = 1024;
/** Of a source: a thousand for each of a hundred sources occupy the garbage collector. */
const MOST_IMMEDIATES = 128;

let best;

export function post(run) {
  best ??= makeBest();
  best(run);
}

function makeBest() {
  for (const make of [immediates, portWithListeners, timeouts]) {
    try {
      return make();
    } catch {
      // It is missing; or there only to throw that it is, as in Vercel's functions.
    }
  }
}

export function immediates() {
  const immediate = setImmediate(() => {});
  clearImmediate(immediate);
  // A page's own, made of something else, returns a number.
  if (typeof immediate !== "object") throw new TypeError("This is no platform's setImmediate.");
  return postImmediates;
}

/**
 * Most often there is nothing more than one event, and one immediate finds that out; then more. They have
 * the async context of whoever posts, and so are nobody else's.
 */
function postImmediates(run, count = 1) {
  let left = count;
  const immediates = Array.from({ length: count }, () =>
    setImmediate(() => {
      left--;
      if (!run()) for (const immediate of immediates) clearImmediate(immediate);
      else if (left === 0) postImmediates(run, Math.min(count * 8, MOST_IMMEDIATES));
    }),
  );
}

/**
 * One port for all who post. The next message is posted early, and has the more turns the more are needed,
 * because in WebKit it takes as long to arrive as a hundred events. A port looks at all its listeners to
 * add one, so that a thousand take milliseconds: a page with few events does without.
 */
export function portWithListeners() {
  const { port1, port2 } = new MessageChannel();
  const runs = [];
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
        if (!runs[0]?.()) runs.shift();
        if (runs.length === 0) event.stopImmediatePropagation();
        else if (number === FEWEST_TURNS / 2) message();
        else if (number === count) {
          // Not each turn another's: what its batch is made of would be out of the caches.
          runs.push(runs.shift());
          if (count < MOST_TURNS) addTurns(count);
        }
      });
    }
  };
  listen(() => {
    isMessageOnItsWay = false;
  });
  addTurns(FEWEST_TURNS);
  port1.start();
  return (run) => {
    runs.push(run);
    message();
  };
}

/** A turn a task. */
export function timeouts() {
  return function post(run) {
    setTimeout(() => run() && post(run));
  };
}
