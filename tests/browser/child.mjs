// Starts a child process in a new process group, because a browser is many processes, and all of them have to
// end with the first.

import { spawn } from "node:child_process";

const running = new Set();

// Ends the children if the tests themselves are stopped.
process.on("exit", () => {
  for (const pid of running) signal(pid, "SIGKILL");
});
for (const [name, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
  process.once(name, () => process.exit(128 + number));
}

/**
 * @typedef {object} Child
 * @property {number | undefined} pid
 * @property {Promise<string>} exited  how it ended, with the end of its stderr
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object }} [options]
 * @returns {Child & { output: import("node:stream").Readable }}  `output` is what it writes to its
 *   descriptor 3
 */
export function start(command, args, { env = process.env } = {}) {
  const child = spawn(command, args, {
    env,
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (text) => (words = (words + text).slice(-2000)));
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve(`does not start: ${error.message}`));
    child.once("exit", (code, name) => resolve(`ended (${name ?? code})\n${words}`));
  });
  if (child.pid) running.add(child.pid);

  async function close() {
    if (!child.pid) return;
    signal(child.pid, "SIGTERM");
    const timer = setTimeout(() => signal(child.pid, "SIGKILL"), 5000);
    await exited;
    clearTimeout(timer);
    signal(child.pid, "SIGKILL");
    running.delete(child.pid);
  }
  return { pid: child.pid, output: child.stdio[3], exited, close };
}

/** Sends a signal to the whole group, which may have ended already. */
function signal(pid, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
