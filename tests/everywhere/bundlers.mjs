// The bundlers, each used as in its own introduction, without configuration. Each has a command that builds
// the app into out/, one that serves it, or both. None may print a warning. The page is visited a second time
// without WebAssembly, unless it `needsWasm`.

import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "../../scripts/shell.mjs";
import { start } from "../browser/child.mjs";
import { HERE } from "./install.mjs";

const bin = (name) => join(HERE, "node_modules/.bin", name);
const esbuild = join(ROOT, "node_modules/.bin/esbuild");
const rollup = join(ROOT, "node_modules/.bin/rollup");

const next = (folder) => ({
  version: [bin("next"), "--version"],
  build: [bin("next"), "build", folder],
  serve: [bin("next"), "start", folder, "--hostname", "127.0.0.1", "--port", "0"],
});

/**
 * The bundlers that are the project's own packages. Neither understands `new URL("…", import.meta.url)`, so
 * the file
 * `copy` has to be copied next to the script.
 */
export const OWN = {
  esbuild: {
    version: [esbuild, "--version"],
    build: [esbuild, "app/main.js", "--bundle", "--outfile=out/esbuild/main.js"],
    copy: "eventsource.core.js",
  },
  Rollup: {
    version: [rollup, "--version"],
    build: [rollup, "app/main.js", "--plugin", "node-resolve", "--dir", "out/Rollup"],
    copy: "eventsource.core.js",
  },
};

export const BUNDLERS = {
  ...OWN,
  Vite: {
    version: [bin("vite"), "--version"],
    build: [bin("vite"), "build", "app", "--outDir", "../out/Vite"],
  },
  "Vite, dev": {
    // It bundles a dependency into one script in another folder, so the script does not find the file next to
    // it.
    needsWasm: true,
    version: [bin("vite"), "--version"],
    serve: [bin("vite"), "app", "--host", "127.0.0.1", "--port", "0"],
  },
  webpack: {
    version: [bin("webpack"), "--version"],
    build: pack("webpack"),
  },
  Rspack: {
    version: [bin("rspack"), "--version"],
    build: pack("rspack"),
  },
  Parcel: {
    // It removes the exports of a module that is not imported with a literal.
    needsWasm: true,
    version: [bin("parcel"), "--version"],
    build: [
      ...[bin("parcel"), "build", "app/index.html", "--dist-dir", "out/Parcel"],
      ...["--cache-dir", "out/cache", "--no-cache"],
    ],
  },
  "Next.js": next("bundlers/next"),
  "Next.js, edge": {
    ...next("bundlers/next-edge"),
    path: "edge",
    // Next.js itself warns of this runtime.
    mayWarn: /The Edge Runtime is deprecated|Using edge runtime/,
  },
};

function pack(name) {
  const out = `out/${name === "webpack" ? "webpack" : "Rspack"}`;
  const args = ["build", "--mode", "production", "--entry", "./app/main.js", "-o", out];
  return [bin(name), ...args];
}

/** Builds and serves the app. Resolves with its URL, and with a function that ends it. */
export async function startApp(name, { build, copy, serve, path, mayWarn }, server) {
  const out = join(HERE, "out", name);
  if (build) {
    rmSync(out, { recursive: true, force: true });
    const [command, ...args] = build;
    refuseWarnings(await run(command, args, { cwd: HERE, quiet: true, env: ENV }), mayWarn);
  }
  if (serve) {
    const { url, close } = await startServer(serve, mayWarn);
    return { url: path ? new URL(path, url).href : url, close };
  }
  mkdirSync(out, { recursive: true });
  if (copy) copyFileSync(join(HERE, "node_modules/eventsource-wasm", copy), join(out, copy));
  const page = join(out, "index.html");
  if (!existsSync(page)) copyFileSync(join(HERE, "app/index.html"), page);
  return server.files(out);
}

const ENV = { NO_COLOR: "1", FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1" };

function refuseWarnings(output, mayWarn = /^$/) {
  const lines = output.split("\n").filter((line) => /warn|deprecat|⚠/i.test(line));
  const warnings = lines.filter((line) => !mayWarn.test(line));
  if (warnings.length > 0) throw new Error(`the build has warnings:\n${warnings.join("\n")}`);
}

/** Resolves when the server has printed its address. */
async function startServer(command, mayWarn) {
  const shell = ["-c", 'cd "$0" && exec "$@" >&3 2>&1', HERE, ...command];
  const server = start("/bin/sh", shell, { env: { ...process.env, ...ENV } });
  let printed = "";
  const address = new Promise((resolve) => {
    server.output.setEncoding("utf8").on("data", (text) => {
      printed += text;
      const [url] = printed.match(/http:\/\/[\w.]+:\d+\/?/) ?? [];
      if (url) resolve(url);
    });
  });
  const ended = server.exited.then((how) => Promise.reject(new Error(`it ${how}\n${printed}`)));
  const url = await Promise.race([address, ended]);
  return {
    url,
    async close() {
      ended.catch(() => {});
      await server.close();
      refuseWarnings(printed, mayWarn);
    },
  };
}
