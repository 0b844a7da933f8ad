// Posts turns: makes the platform call `run` again and again, each time with an empty stack and after all
// promise jobs of the call before. `run` does one thing, and returns whether there may be more to do.
//
// A platform runs all promise jobs after each callback that it calls itself. One message to a port
// with many listeners is many such callbacks for the price of one task; in Node, immediates are.

/** Of a message. */
const FEWEST_TURNS = 64;
const MOST_TURNS = 1024;
/** Of a source. With a thousand for each of a hundred sources, the garbage collector takes most of the time. */
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
      // It is missing, or it only throws, as in Vercel's functions.
    }
  }
}

export function immediates() {
  const immediate = setImmediate(() => {});
  clearImmediate(immediate);
  // A page's own replacement returns a number.
  if (typeof immediate !== "object") throw new TypeError("This is no platform's setImmediate.");
  return postImmediates;
}

/**
 * Begins with one immediate, because most often there is only one event, and then takes more. Immediates have
 * the asynchronous context of the source that posts them, so no two sources share them.
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
 * All sources share one port. In WebKit, a message takes as long to arrive as a hundred events, so the next one
 * is posted early, and has more turns if more are needed. To add a listener, a port looks at all it has, and a
 * thousand take milliseconds, so a page with few events gets few.
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
          // Another source follows after each message, not after each turn, which would empty the caches.
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

/** One turn per task. */
export function timeouts() {
  return function post(run) {
    setTimeout(() => run() && post(run));
  };
}
