// Leads one browser through its realms, and prints what they report: a line for each failure, and a line for
// each realm. If a browser crashes, or reports nothing for a long time, its current realm fails. A new
// browser goes on with the next realm.

import { Gates } from "./gates.mjs";

const SILENCE = 60_000;

/** Receives the reports of one run. */
export class Mailbox {
  onResult = () => {};
  #ends = new Gates();

  /** A report is a result, or { done: true } after a realm's last result. */
  put(realm, report) {
    if (report.done) this.#ends.open(realm);
    else this.onResult(report);
  }

  done(realm) {
    return this.#ends.opened(realm);
  }
}

/**
 * @param {object} options
 * @param {string} options.name        of the browser
 * @param {string[]} options.realms
 * @param {Mailbox} options.mailbox
 * @param {(realm: string) => Promise<import("./child.mjs").Child>} options.launch
 * @param {(line: string) => void} options.print
 */
export async function visit({ name, realms, mailbox, launch, print }) {
  const total = { passed: 0, failed: 0 };

  async function hear(realm, browser) {
    const begun = performance.now();
    const here = { passed: 0, failed: 0 };
    let last = "before its first result";
    let silence;
    const fail = (test, error) => {
      here.failed++;
      print(`${name} ${realm}: FAILED ${test}\n  ${error.trim().replaceAll("\n", "\n  ")}`);
    };
    const trouble = await Promise.race([
      mailbox.done(realm),
      browser.exited.then((how) => `${name} ${how.replace("\n", ` ${last}\n`)}`),
      new Promise((resolve) => {
        const wait = () => {
          silence = setTimeout(resolve, SILENCE, `no word for ${SILENCE / 1000} s ${last}`);
        };
        mailbox.onResult = (result) => {
          clearTimeout(silence);
          last = `after “${result.name}”`;
          if (result.note) print(`${name} ${realm}: ${result.name}: ${result.note}`);
          if (result.error) fail(result.name, result.error);
          else here.passed++;
          wait();
        };
        wait();
      }),
    ]);
    clearTimeout(silence);
    if (trouble) fail("the realm itself", trouble);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    print(`${name} ${realm}: ${here.passed} passed, ${here.failed} failed (${seconds} s)`);
    total.passed += here.passed;
    total.failed += here.failed;
    return !trouble;
  }

  const left = [...realms];
  while (left.length > 0) {
    let browser;
    try {
      browser = await launch(left[0]);
    } catch (error) {
      print(`${name}: FAILED to start: ${error.message}`);
      total.failed++;
      break;
    }
    while (left.length > 0 && (await hear(left.shift(), browser)));
    await browser.close();
  }
  return total;
}
