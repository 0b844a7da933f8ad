// When steps run: those of one source after each other, those of several without disturbing each other.
// What two sources read in one task cannot be had from a server at will, so this queues steps itself.

import { immediates, portWithListeners, timeouts } from "../../../src/js/post.js";
import { Turns } from "../../../src/js/turns.js";
import { equal, expectUncaught, section, test } from "../harness.js";

section("turns", { ours: true });

const inATask = () => new Promise((resolve) => setTimeout(resolve));

async function hops(count) {
  for (let hop = 0; hop < count; hop++) await null;
}

/** More than a read takes. */
const ENOUGH = 20;

/** What happens in the order of it: a step logs its name, and again in the last of many promise jobs. */
class Log extends Array {
  step(name, times = 1) {
    let left = times;
    return () => {
      this.push(name);
      hops(200).then(() => this.push(`job of ${name}`));
      return --left > 0;
    };
  }
}

const both = (...names) => names.flatMap((name) => [name, `job of ${name}`]);

/** Resolves when all steps that are queued now have run, and their promise jobs. */
async function over(...all) {
  const last = (turns) =>
    new Promise((resolve) => {
      turns.queue(() => {
        resolve();
        return false;
      }, false);
    });
  await Promise.all(all.map(last));
  await inATask();
}

/** Whether a step runs that is queued now, in a task of its own. */
function runsAtOnce(turns) {
  let isOver = false;
  const step = () => {
    isOver = true;
    return false;
  };
  turns.queue(step, true);
  return isOver;
}

test("a step in a task of its own runs at once, and any other later", async () => {
  const turns = new Turns();
  for (let task = 0; task < 3; task++) {
    await inATask();
    equal(runsAtOnce(turns), true);
  }
  await inATask();
  const log = new Log();
  turns.queue(log.step("a"), false);
  equal([...log], []);
  equal(runsAtOnce(turns), false);
  await over(turns);
  equal([...log], both("a"));
  equal(runsAtOnce(turns), true);
});

test("what is read in the same task comes after all promise jobs of a step", async () => {
  const [turns, log] = [new Turns(), new Log()];
  await inATask();
  for (const name of ["a", "b", "c"]) {
    turns.queue(log.step(name), true);
    await hops(3);
  }
  await over(turns);
  equal([...log], both("a", "b", "c"));
});

test("so it does after chunks without an event", async () => {
  const [turns, log] = [new Turns(), new Log()];
  await inATask();
  turns.queue(log.step("a"), true);
  for (let chunk = 0; chunk < ENOUGH; chunk++) {
    await hops(3);
    turns.readOn();
  }
  turns.queue(log.step("b"), true);
  await over(turns);
  equal([...log], both("a", "b"));
});

test("a chunk without an event, in a task of its own, delays nothing", async () => {
  const turns = new Turns();
  await inATask();
  turns.readOn();
  equal(runsAtOnce(turns), true);
});

for (const [name, times] of [
  ["a step", 1],
  ["one of several steps", 3],
]) {
  test(`${name} of another source, in the same task: after all its promise jobs`, async () => {
    const [one, other, log] = [new Turns(), new Turns(), new Log()];
    await inATask();
    one.queue(log.step("a", times), true);
    other.queue(log.step("b"), true);
    equal([...log], ["a"]);
    await over(one, other);
    equal([...log.slice(0, 2)], both("a"));
    equal([log.filter((entry) => entry === "a").length, log.includes("b")], [times, true]);
    for (const [at, entry] of log.entries()) {
      if (entry.startsWith("job")) equal(log[at - 1], entry.slice("job of ".length));
    }
  });
}

test("so it does after chunks of that source without an event", async () => {
  const [one, other, log] = [new Turns(), new Turns(), new Log()];
  await inATask();
  one.queue(log.step("a"), true);
  for (let chunk = 0; chunk < ENOUGH; chunk++) {
    await hops(3);
    other.readOn();
  }
  other.queue(log.step("b"), true);
  await over(one, other);
  equal([...log], both("a", "b"));
});

test("so it does while the source of that step reads on, whoever else has", async () => {
  const [one, other, third, log] = [new Turns(), new Turns(), new Turns(), new Log()];
  await inATask();
  one.queue(log.step("a"), true);
  third.readOn();
  for (let chunk = 0; chunk < ENOUGH; chunk++) {
    one.readOn();
    await hops(3);
  }
  other.queue(log.step("b"), true);
  await over(one, other);
  equal([...log], both("a", "b"));
});

test("what a source reads on does not hold up another", async () => {
  const [one, other] = [new Turns(), new Turns()];
  await inATask();
  equal(runsAtOnce(one), true);
  for (let chunk = 0; chunk < ENOUGH; chunk++) {
    other.readOn();
    await null;
  }
  equal(runsAtOnce(one), true);
});

test("nor does what it has posted", async () => {
  const [one, other] = [new Turns(), new Turns()];
  let isEnough = false;
  one.queue(() => !isEnough, false);
  await inATask();
  const isAtOnce = runsAtOnce(other);
  isEnough = true;
  equal(isAtOnce, true);
  await over(one);
});

test("a source with few steps does not wait for one with many", async () => {
  const [many, few] = [new Turns(), new Turns()];
  let left = 5000;
  let last;
  many.queue(() => --left > 0, false);
  few.queue(() => {
    last = left;
    return false;
  }, false);
  await over(many, few);
  equal([left, last > 0], [0, true]);
});

test("each step of several sources has a turn of its own", async () => {
  const log = new Log();
  const sources = Array.from("abcde", (name) => [name, new Turns()]);
  for (const [name, turns] of sources) turns.queue(log.step(name, 300), false);
  await over(...sources.map(([, turns]) => turns));
  equal(log.length, 3000);
  for (let at = 0; at < log.length; at += 2) equal(log[at + 1], `job of ${log[at]}`);
});

test("a step that throws is reported, and stops no other", async () => {
  const uncaught = expectUncaught();
  const [one, other, log] = [new Turns(), new Turns(), new Log()];
  const fail = () => {
    throw new Error("of the test");
  };
  await inATask();
  one.queue(fail, true);
  for (const turns of [one, other]) {
    turns.queue(fail, false);
    turns.queue(log.step("a"), false);
  }
  await over(one, other);
  await inATask();
  equal([...log], both("a", "a"));
  equal(
    uncaught.map(({ message }) => message),
    Array(3).fill("of the test"),
  );
});

const isThere = (strategy) => {
  try {
    return Boolean(strategy());
  } catch {
    return false;
  }
};

for (const strategy of [immediates, portWithListeners, timeouts]) {
  const where = {
    // In Node, a port keeps the process alive.
    except: strategy === portWithListeners ? ["node"] : [],
    when: () => isThere(strategy),
  };
  const name = strategy.name;

  test(
    `${name}: all promise jobs of a turn run before the next`,
    async () => {
      const [post, log] = [strategy(), new Log()];
      const run = (name, times) =>
        new Promise((resolve) => {
          const step = log.step(name, times);
          let hasMore = true;
          post(() => {
            if (!hasMore) return resolve();
            hasMore = step();
            return true;
          });
        });
      await Promise.all([run("a", 40), run("b", 100), run("c", 1)]);
      await run("a", 1);
      equal(log.length, 284);
      for (let at = 0; at < log.length; at += 2) equal(log[at + 1], `job of ${log[at]}`);
    },
    where,
  );
}
