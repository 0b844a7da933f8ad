// Runs commands for the other scripts, and finds the places they share.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command, in the project's folder unless told; its output is shown. Resolves with it. */
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
      reject(new Error(`${command} cannot be started: ${error.message}`)),
    );
    child.on("close", (status) => {
      if (status === 0) resolve(output);
      else reject(Object.assign(new Error(`${command} ${args.join(" ")} failed`), { output }));
    });
  });
}

/** The path of a program, searched as a shell would; undefined where there is none. */
export function which(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** When the newest of these files, or files in these folders, was changed; 0 if one is missing. */
export function newest(...paths) {
  return Math.max(...allFiles(paths).map((path) => statSync(path).mtimeMs));
}

/** When the oldest of these files was changed; 0 if one is missing. */
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
