// The realm's events that concern connections. One listener for each type serves all connections.

/** Some of these events are the document's and do not bubble. Workerd refuses listeners that capture. */
const CAPTURE = typeof document !== "undefined";

/** Every running task, with its receiver. */
const tasks = new Map();
const reactions = {
  // A page that goes into the back/forward cache loses its connections, and reestablishes them when it comes
  // back. A page that is not cached is unloaded, which closes its connections.
  pagehide({ persisted }) {
    for (const [task, receiver] of tasks) {
      if (persisted) task.suspend();
      else receiver.close();
    }
  },
  pageshow() {
    for (const task of tasks.keys()) task.resume();
  },
  // Chromium does not wake the reader of a fetch's body after it has frozen a page, so the connection is lost.
  resume() {
    for (const task of tasks.keys()) {
      task.suspend();
      task.resume();
    }
  },
  // Without this event, what a Content-Security-Policy forbids looks like any network error.
  securitypolicyviolation({ disposition, effectiveDirective, blockedURI }) {
    if (disposition !== "enforce" || effectiveDirective !== "connect-src") return;
    for (const task of tasks.keys()) task.violate(blockedURI);
  },
};

/** Ignores events that pages dispatch themselves, for instance to have something saved. */
function react(event) {
  if (event.isTrusted) reactions[event.type](event);
}

/** Fails every connection for the same reason. */
export function failAll(reason, message, error) {
  for (const receiver of tasks.values()) {
    receiver.lose({ reason, message, error, attempt: 1 });
  }
}

export function watch(task, receiver) {
  if (tasks.size === 0) {
    for (const type in reactions) globalThis.addEventListener?.(type, react, CAPTURE);
  }
  tasks.set(task, receiver);
}

export function unwatch(task) {
  tasks.delete(task);
  if (tasks.size === 0) {
    for (const type in reactions) globalThis.removeEventListener?.(type, react, CAPTURE);
  }
}
