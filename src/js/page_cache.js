// A page that is kept for the back and forward buttons holds no connection: each is lost when the page
// goes, and reestablished when it comes back, because a page that is kept does not run its timers.

const tasks = new Set();

export function watch(task) {
  if (tasks.size === 0) globalThis.addEventListener?.("pagehide", interrupt);
  tasks.add(task);
}

export function unwatch(task) {
  tasks.delete(task);
  if (tasks.size === 0) globalThis.removeEventListener?.("pagehide", interrupt);
}

function interrupt(event) {
  if (!event.persisted) return;
  for (const task of tasks) task.interrupt();
}
