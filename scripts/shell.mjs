// For the other scripts: runs commands, and finds files and programs.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a command, by default in the project's folder. Shows its output unless `quiet`, and resolves with it.
 */
export function run(command, args, { cwd = ROOT, env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (!quiet) to.write(text);
      });
    }
    child.on("error", (error) =>
      reject(new Error(`${command} cannot be started. Is it installed? (${error.message})`)),
    );
    child.on("close", (status) => {
      if (status === 0) resolve(output);
      else reject(Object.assign(new Error(`${command} ${args.join(" ")} failed`), { output }));
    });
  });
}

/** The path of a program, found as a shell finds it. Undefined if it is not installed. */
export function which(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** When the newest of these files, or of the files in these folders, was changed. */
export function newest(...paths) {
  return Math.max(...allFiles(paths).map((path) => statSync(path).mtimeMs));
}

/** When the oldest of these files was changed. 0 if one is missing. */
export function oldest(...paths) {
  return Math.min(
    ...paths.map((path) => (existsSync(join(ROOT, path)) ? statSync(join(ROOT, path)).mtimeMs : 0)),
  );
}

function allFiles(paths) {
  return paths.flatMap((path) => {
    const full = join(ROOT, path);
    if (!statSync(full).isDirectory()) return [full];
    const entries = readdirSync(full, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  });
}
