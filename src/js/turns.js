// The standard's "queue a task" for what a page gets to see: steps run one after the other, each with
// an empty stack, so that every promise job a step has queued, however deep, runs before the next.

import { post } from "./post.js";

/** Of what has arrived together, the next chunk is read within as many promise jobs; three are the most seen. */
const HOPS_OF_A_READ = 8;

const steps = [];
/** Turns are on their way. */
let arePosted = false;
/** No promise jobs of a step that has run can be waiting. */
let isClean = true;
/** Until that is known. */
let hopsLeft = 0;

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
  post(turn);
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
