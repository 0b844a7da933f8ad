// Runs the wasm-bindgen tests with wasm-pack, in every browser that is installed together with its driver.

import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { browsers, CHROMIUM_SWITCHES, startScreen } from "../tests/browser/launch.mjs";
import { counts } from "./counts.mjs";
import { cargoTool } from "./setup.mjs";
import { ROOT, run, which } from "./shell.mjs";

/** For each browser that tests/browser/launch.mjs names: wasm-pack's name for it, and its driver. */
const DRIVERS = {
  chromium: {
    flag: "chrome",
    driver: () => which("chromedriver"),
    capabilities: (binary) => ({ "goog:chromeOptions": { binary, args: CHROMIUM_SWITCHES } }),
  },
  firefox: {
    flag: "firefox",
    driver: async () => join(await cargoTool("geckodriver"), "geckodriver"),
    capabilities: (binary) => ({ "moz:firefoxOptions": { binary, args: ["-headless"] } }),
  },
  webkit: {
    flag: "safari",
    driver: () => which("WebKitWebDriver"),
    capabilities: (binary) => ({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary, args: ["--automation"] },
    }),
  },
};

export async function runHeadlessTests() {
  const total = { passed: 0, failed: 0 };
  for (const { name, found } of browsers()) {
    const driver = found && (await DRIVERS[name].driver());
    if (!driver) {
      console.log(`${name}: not tested. Install both the browser and its driver to test it.`);
      if (process.env.CI === "true") total.failed++;
      continue;
    }
    const { passed, failed } = await runIn(name, found, driver);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

async function runIn(name, binary, driver) {
  const { flag, capabilities } = DRIVERS[name];
  const configuration = join(ROOT, "target", `webdriver-${name}.json`);
  mkdirSync(join(ROOT, "target"), { recursive: true });
  writeFileSync(configuration, JSON.stringify(capabilities(binary)));
  const tools = [await cargoTool("wasm-bindgen-cli"), join(ROOT, "node_modules/.bin")];
  const screen = name === "webkit" ? await startScreen() : undefined;
  try {
    const output = await run(
      join(await cargoTool("wasm-pack"), "wasm-pack"),
      [
        ...[
          "test",
          "--headless",
          `--${flag}`,
          `--${flag === "firefox" ? "gecko" : flag}driver`,
          driver,
        ],
        ...["--mode", "no-install", "--", "--locked", "--test", "headless"],
      ],
      {
        env: {
          PATH: [...tools, process.env.PATH].join(delimiter),
          WASM_BINDGEN_TEST_WEBDRIVER_JSON: configuration,
          ...(screen && { DISPLAY: screen.display }),
        },
      },
    );
    return counts(output);
  } finally {
    await screen?.close();
  }
}
