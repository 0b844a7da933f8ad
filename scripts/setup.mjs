// Installs what a build or a test needs, unless it is there already. Tools that Cargo has to compile go to
// the user's cache, by version, so that other checkouts find them there.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { oldest, ROOT, run, which } from "./shell.mjs";

const TOOLS = {
  // The crate and its command-line tool need the same version. Cargo.toml says which.
  "wasm-bindgen-cli": () => cargoToml().match(/^wasm-bindgen = "=(.+)"$/m)[1],
  "wasm-pack": () => "0.15.1",
  geckodriver: () => "0.37.1",
};

/**
 * Installs the packages in a folder's lock file: the project's, or that of a folder with its own packages.
 */
export async function nodeModules(folder = "") {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (oldest(installed) >= oldest(join(folder, "package-lock.json"))) return;
  say(`the ${folder || "development"} packages from npm`);
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", args, { cwd: join(ROOT, folder) });
}

/** Installs the toolchain with its target, its linters, and the sources of the standard library. */
export async function rustToolchain() {
  if (!which("rustup")) {
    throw new Error(
      "rustup is not installed. Install it from https://rustup.rs, then run this again.",
    );
  }
  const file = readFileSync(join(ROOT, "rust-toolchain.toml"), "utf8");
  const [toolchain] = quoted(file, "channel");
  const components = quoted(file, "components");
  const targets = quoted(file, "targets");
  const list = ["component", "list", "--installed", "--toolchain", toolchain];
  const installed = (await run("rustup", list, { quiet: true }).catch(() => "")).split("\n");
  const isThere = (name) => installed.some((line) => line === name || line.startsWith(`${name}-`));
  const wanted = [...components, ...targets.map((target) => `rust-std-${target}`)];
  if (wanted.every(isThere)) return;
  say(`Rust ${toolchain} with ${[...components, ...targets].join(", ")}`);
  await run("rustup", [
    ...["toolchain", "install", toolchain, "--profile", "minimal", "--no-self-update"],
    ...components.flatMap((component) => ["--component", component]),
    ...targets.flatMap((target) => ["--target", target]),
  ]);
}

/** The quoted values of a key. */
function quoted(file, key) {
  const [, value] = file.match(new RegExp(`^${key} = (.+)$`, "m"));
  return [...value.matchAll(/"(.+?)"/g)].map(([, text]) => text);
}

/**
 * Installs the browsers, and the fuzzer's compiler, but only on Debian and as root. Anybody else tests with
 * the programs that are installed already.
 */
export async function installPackages() {
  const programs = {
    chromium: "chromium",
    chromedriver: "chromium-driver",
    "firefox-esr": "firefox-esr",
    WebKitWebDriver: "webkit2gtk-driver",
    Xvfb: "xvfb",
    "c++": "g++",
  };
  const missing = Object.keys(programs).filter((program) => !which(program));
  if (missing.length === 0 || process.getuid?.() !== 0 || !which("apt-get")) return;
  const packages = missing.map((program) => programs[program]);
  say(`${packages.join(", ")} from Debian's packages`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "--quiet"], { env, quiet: true });
  await run("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", ...packages], {
    env,
    quiet: true,
  });
}

/** A tool's folder in the user's cache. */
export function cached(name, version) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "eventsource-wasm", `${name}-${version}`);
}

/** The folder of a tool's programs. */
export async function cargoTool(name) {
  const version = TOOLS[name]();
  const folder = cached(name, version);
  if (!existsSync(join(folder, ".crates.toml"))) {
    say(`${name} ${version}, which takes a few minutes`);
    await run("cargo", ["install", "--quiet", "--root", folder, "--version", version, name]);
  }
  return join(folder, "bin");
}

function cargoToml() {
  return readFileSync(join(ROOT, "Cargo.toml"), "utf8");
}

function say(what) {
  console.log(`Installing ${what} …`);
}
