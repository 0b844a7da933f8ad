// Sections 5 and 8 of behaviour.md: generated streams. Each case is a few connections. Its messages are
// compared with the standard, as transcribed in standard.js, and with the browser's own EventSource if there
// is one. A case that fails is made smaller before it is shown. --seed repeats the cases, and --rounds makes
// more of them.

import { EventSource } from "eventsource-wasm";
import { difference, explain } from "../differential.js";
import { cut, join, streamOfBlocks, TYPES, unfinished } from "../grammar.js";
import { config, defer, equal, section, test } from "../harness.js";
import { Random } from "../random.js";
import { reset, scenario, stream, wait } from "../scenario.js";
import { interpret } from "../standard.js";
import { observe } from "../watch.js";

section("generated");

/** What the browsers' own classes do against the standard (see native.md). Streams for them leave it out. */
const DEPARTURES = {
  chromium: { emptyRetries: true, bomLines: true },
  firefox: { spacedRetries: true, idsWithoutData: true, nul: true },
  webkit: {
    ...{ emptyRetries: true, spacedRetries: true, oddRetries: true, idsWithoutData: true },
    ...{ cutBoms: true, resets: true, wideIds: true },
  },
};

/**
 * How many tests there are, how many cases each has, how many of those run at once, and how many connections
 * a case has at most. Firefox waits half a second before it reconnects.
 */
const AMOUNT = {
  chromium: { tests: 10, cases: 60, atOnce: 3, connections: 3 },
  firefox: { tests: 6, cases: 60, atOnce: 8, connections: 2 },
  webkit: { tests: 6, cases: 60, atOnce: 3, connections: 3 },
};

/**
 * @typedef {{ bom: boolean, blocks: Uint8Array[], tail?: Uint8Array }} Connection  with a `tail`, it is reset
 */

/** @returns {{ connections: Connection[], random: Random, listenersFirst: boolean }} */
function makeCase(random, without, most) {
  const connections = Array.from({ length: 1 + random.below(most) }, () => {
    const blocks = streamOfBlocks(random, without);
    const isReset = !without.resets && random.once(6);
    return { bom: random.once(3), blocks, tail: isReset ? unfinished(random, without) : undefined };
  });
  return { connections, random: random.part(0), without, listenersFirst: random.once(2) };
}

const gateOf = (i) => join([`\ndata: d\n\nevent: gate\ndata: ${i}\n\n`]);

function bytesOf({ bom, blocks, tail }, i, without) {
  const bomOnly = bom && without.bomLines ? ":\n" : "";
  const first = [bom ? "\ufeff" : "", i === 0 ? "retry: 1\n" : bomOnly];
  return join([...first, ...blocks, tail ? gateOf(i) : ""]);
}

/** A case as scripts. It has the same cuts every time. */
function scriptsOf({ connections, random, without }) {
  return connections.map((connection, i) => {
    const chunks = cut(bytesOf(connection, i, without), random.part(i), without);
    return connection.tail
      ? stream(...chunks, connection.tail, wait(String(i)), reset)
      : stream(...chunks);
  });
}

/** The messages of all connections of a case. */
function expected({ connections, without }) {
  let state;
  return connections.flatMap((connection, i) => {
    state = interpret(bytesOf(connection, i, without), state);
    return state.messages;
  });
}

/** Runs `check`, which returns what is wrong, on many cases. Throws for the first case that fails. */
async function checkAll({ check, part, cases, atOnce, connections, without }) {
  const random = new Random(config.seed).part(part);
  let next = 0;
  let failed;
  async function work() {
    while (next < cases && !failed) {
      const number = next++;
      const one = makeCase(random.part(number), without, connections);
      if (await check(one)) failed ??= { number, one };
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  if (!failed) return;
  const small = await cutDown(failed.one, check);
  const how = await check(small);
  throw new Error(
    `case ${failed.number} of seed ${config.seed}:\n${shown(small)}\n  ${how ?? "(not always)"}`,
  );
}

const PATIENCE = 6000;

/** Removes everything from a case that `check` does not need to fail. */
async function cutDown(one, check) {
  const until = performance.now() + PATIENCE;
  let small = one;
  for (let progress = true; progress; ) {
    progress = false;
    for (const smaller of smallerOnes(small)) {
      if (performance.now() > until) return small;
      if (!(await check(smaller))) continue;
      small = smaller;
      progress = true;
      break;
    }
  }
  return small;
}

function* smallerOnes(one) {
  const { connections } = one;
  for (let i = 0; i < connections.length && connections.length > 1; i++) {
    yield { ...one, connections: connections.toSpliced(i, 1) };
  }
  for (const [i, connection] of connections.entries()) {
    const { bom, blocks, tail } = connection;
    const changed = (change) => ({
      ...one,
      connections: connections.with(i, { ...connection, ...change }),
    });
    if (tail) yield changed({ tail: undefined });
    if (bom) yield changed({ bom: false });
    for (let length = blocks.length >> 1; length > 0; length >>= 1) {
      for (let at = 0; at + length <= blocks.length; at += length) {
        yield changed({ blocks: blocks.toSpliced(at, length) });
      }
    }
  }
}

/** The scripts as text, with bytes as characters. */
function shown(one) {
  const text = ({ bytes }) => JSON.stringify(atob(bytes));
  return scriptsOf(one)
    .map((script) => script.slice(1).map((step) => ("bytes" in step ? text(step) : "reset")))
    .map((parts) => `    ${parts.filter((part, i) => part !== parts[i - 1]).join(" + ")}`)
    .join("\n");
}

async function againstTheStandard(one) {
  const there = await scenario(scriptsOf(one));
  const source = new EventSource(there.url);
  defer(() => source.close());
  const seen = [];
  for (const type of ["open", "message", "error", "gate", ...TYPES]) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      if (data !== undefined) seen.push({ type, data, lastEventId });
      if (type === "gate") setTimeout(there.open, 0, data);
    });
  }
  await observe(source).until("error 2");
  try {
    equal(seen, expected(one));
  } catch (error) {
    return error.message;
  }
}

async function againstTheBrowser(one) {
  const found = await difference({
    connections: scriptsOf(one),
    types: [...TYPES, "gate"],
    listenersFirst: one.listenersFirst,
    ...(config.browser === "firefox" && { errors: one.connections.length }),
  });
  return found && explain(found);
}

const [ROUNDS, PARTS] = [200, 10];
for (let round = 0; round < ROUNDS; round++) {
  const when = () => round < (config.rounds || 1);
  test(
    `as the standard says (${round})`,
    () =>
      checkAll({
        ...{ check: againstTheStandard, part: ROUNDS * PARTS + round, cases: 150, atOnce: 4 },
        ...{ connections: 3, without: {} },
      }),
    { only: ["window", "dedicated", "node"], when, ours: true },
  );
  for (let part = 0; part < PARTS; part++) {
    test(
      `as the browser's own does (${round}.${part})`,
      () =>
        checkAll({
          ...{ check: againstTheBrowser, part: PARTS * round + part, ...AMOUNT[config.browser] },
          without: DEPARTURES[config.browser],
        }),
      {
        ...{ only: ["window"], except: ["js"], ours: true },
        when: () => when() && part < AMOUNT[config.browser].tests,
      },
    );
  }
}
