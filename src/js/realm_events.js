// What a realm tells its page and a connection needs to know, by one listener for all of them.

const tasks = new Set();
const listeners = {
  // A page that is kept for the back and forward buttons holds no connection: each is lost when the
  // page goes, and reestablished when it comes back.
  pagehide({ persisted }) {
    if (persisted) for (const task of tasks) task.suspend();
  },
  pageshow() {
    for (const task of tasks) task.resume();
  },
  // Fetch reports what a content security policy forbids like any network error.
  securitypolicyviolation({ disposition, effectiveDirective, blockedURI }) {
    if (disposition !== "enforce" || effectiveDirective !== "connect-src") return;
    for (const task of tasks) task.violate(blockedURI);
  },
};

export function watch(task) {
  if (tasks.size === 0) {
    for (const type in listeners) globalThis.addEventListener?.(type, listeners[type]);
  }
  tasks.add(task);
}

export function unwatch(task) {
  tasks.delete(task);
  if (tasks.size === 0) {
    for (const type in listeners) globalThis.removeEventListener?.(type, listeners[type]);
  }
}
