// Finds and starts the browsers as plain processes that open a page, like a user, without a driver. Each has
// a new, empty profile, which is deleted when the browser is closed.

import { once } from "node:events";
import { accessSync, constants, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { start } from "./child.mjs";

// Most of these keep a new profile from contacting other servers, and from showing anything but the page.
const FIREFOX_PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.discovery.enabled": false,
  "browser.newtabpage.activity-stream.feeds.telemetry": false,
  "browser.region.network.url": "",
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.search.update": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.connection.enabled": false,
  // The tests' service worker may run for longer than Firefox normally allows.
  "dom.serviceWorkers.idle_extended_timeout": 600_000,
  "extensions.blocklist.enabled": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "extensions.update.enabled": false,
  "media.gmp-manager.updateEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  // Otherwise, Firefox would repeat a request that was reset, without telling the page, and get the next
  // script.
  "network.http.request.max-attempts": 1,
  "network.prefetch-next": false,
  "dom.testing.testutils.enabled": true,
  "network.trr.mode": 5,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "signon.autofillForms": false,
  "toolkit.telemetry.server": "",
  "toolkit.telemetry.unified": false,
  "trailhead.firstrun.didSeeAboutWelcome": true,
};

export const CHROMIUM_SWITCHES = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-sync",
];

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} [found]  its path
 * @property {string} hint     what to do if it is not found
 * @property {(url: string, switches?: string[]) => Promise<import("./child.mjs").Child>} launch
 *   `switches` are additional ones, for Chromium only
 */

/** @returns {Browser[]} */
export function browsers() {
  const chromium = find(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
  const firefox = find(["firefox-esr", "firefox"]);
  const miniBrowser = findMiniBrowser();
  return [
    {
      name: "chromium",
      found: chromium,
      hint: "install chromium",
      launch: (url, switches = []) =>
        inProfile((profile) =>
          start(chromium, [...CHROMIUM_SWITCHES, ...switches, `--user-data-dir=${profile}`, url]),
        ),
    },
    {
      name: "firefox",
      found: firefox,
      hint: "install firefox-esr",
      launch: (url) =>
        inProfile(async (profile) => {
          const line = ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`;
          const preferences = Object.entries(FIREFOX_PREFERENCES).map(line).join("");
          await writeFile(join(profile, "user.js"), preferences);
          return start(firefox, ["--headless", "--no-remote", "--profile", profile, url]);
        }),
    },
    {
      name: "webkit",
      found: find(["Xvfb"]) && miniBrowser,
      hint: "install webkit2gtk-driver and xvfb",
      launch: (url) => inProfile((profile) => startWebKit(miniBrowser, profile, url)),
    },
  ];
}

/** Chromium, for tests that need only one browser. */
export function chromium() {
  const one = browsers().find(({ name }) => name === "chromium");
  if (!one.found) throw new Error(`Chromium is not installed: ${one.hint}`);
  return one;
}

function find(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** It is not in PATH. The library's package keeps it in its own folder, whose name contains the versions. */
function findMiniBrowser() {
  const folders = [
    "/usr/lib",
    "/usr/libexec",
    "/usr/lib64",
    "/usr/local/libexec",
    "/usr/local/lib",
  ];
  const nested = folders.flatMap((folder) => [folder, ...list(folder, /-linux-gnu/)]);
  const versions = nested.flatMap((folder) => list(folder, /^webkit(2?gtk|gtk)-/));
  return versions.map((folder) => join(folder, "MiniBrowser")).find(isExecutable);
}

function list(folder, pattern) {
  try {
    const names = readdirSync(folder).filter((name) => pattern.test(name));
    return names.map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts a virtual screen for WebKitGTK, which has no headless mode. */
export async function startScreen() {
  const screen = start(find(["Xvfb"]), ["-displayfd", "3", "-nolisten", "tcp"]);
  const display = await Promise.race([
    once(screen.output, "data").then(([number]) => `:${String(number).trim()}`),
    screen.exited.then((how) => Promise.reject(new Error(`Xvfb ${how}`))),
  ]);
  return { display, close: screen.close };
}

async function startWebKit(miniBrowser, profile, url) {
  const screen = await startScreen();
  const env = { ...process.env, DISPLAY: screen.display, GDK_BACKEND: "x11", HOME: profile };
  for (const name of ["CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "RUNTIME_DIR"]) {
    env[`XDG_${name}`] = join(profile, name);
    await mkdir(join(profile, name), { mode: 0o700 });
  }
  const browser = start(miniBrowser, [url], { env });
  return {
    ...browser,
    async close() {
      await browser.close();
      await screen.close();
    },
  };
}

async function inProfile(startBrowser) {
  const profile = await mkdtemp(join(tmpdir(), "eventsource-browser-"));
  const remove = () => rm(profile, { recursive: true, force: true, maxRetries: 10 });
  try {
    const browser = await startBrowser(profile);
    return {
      ...browser,
      async close() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
