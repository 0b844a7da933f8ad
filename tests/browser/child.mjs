// A child process in a process group of its own: a browser is many processes, and all of them have
// to go with the first.

import { spawn } from "node:child_process";

const running = new Set();

// The last resort, when the tests themselves are stopped.
process.on("exit", () => {
  for (const pid of running) signal(pid, "SIGKILL");
});
for (const [name, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
  process.once(name, () => process.exit(128 + number));
}

/**
 * @typedef {object} Child
 * @property {number | undefined} pid
 * @property {Promise<string>} exited  how, and its last words
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object }} [options]
 * @returns {Child & { output: import("node:stream").Readable }}  `output`: what it writes to its
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

/** To the whole group, which may be gone. */
function signal(pid, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
