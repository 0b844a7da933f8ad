// What a realm tells its page and a connection needs to know, by one listener for all of them.

/** And the receiver of each. */
const tasks = new Map();
const reactions = {
  // A page that is kept for the back and forward buttons holds no connection: each is lost when the
  // page goes, and reestablished when it comes back. One that is not kept is unloaded, and closes them.
  pagehide({ persisted }) {
    for (const [task, receiver] of tasks) {
      if (persisted) task.suspend();
      else receiver.close();
    }
  },
  pageshow() {
    for (const task of tasks.keys()) task.resume();
  },
  // Fetch reports what a content security policy forbids like any network error.
  securitypolicyviolation({ disposition, effectiveDirective, blockedURI }) {
    if (disposition !== "enforce" || effectiveDirective !== "connect-src") return;
    for (const task of tasks.keys()) task.violate(blockedURI);
  },
};

/** Pages dispatch such events themselves, to have something saved. */
function react(event) {
  if (event.isTrusted) reactions[event.type](event);
}

/** Every connection fails for the same reason. */
export function failAll(reason, message, error) {
  for (const receiver of tasks.values()) {
    receiver.lose({ reason, message, error, attempt: 1 }, () => {});
  }
}

export function watch(task, receiver) {
  if (tasks.size === 0) {
    for (const type in reactions) globalThis.addEventListener?.(type, react);
  }
  tasks.set(task, receiver);
}

export function unwatch(task) {
  tasks.delete(task);
  if (tasks.size === 0) {
    for (const type in reactions) globalThis.removeEventListener?.(type, react);
  }
}
