// Section 7 of behaviour.md: faults that must not lose anything. The server counts what must not happen
// meanwhile.
// --seed repeats the random parts.

import { EventSource } from "eventsource-wasm";
import { config, defer, equal, expectUncaught, section, test } from "../harness.js";
import { Random } from "../random.js";
import {
  askServer,
  bytesOf,
  hold,
  redirect,
  reset,
  respond,
  scenario,
  stream,
} from "../scenario.js";
import { interpret } from "../standard.js";
import { connect, settle, watch } from "../watch.js";

section("faults");

const HEAVY = { only: ["window", "dedicated", "node"], limit: 50_000 };

/** Receives all numbers, no matter how often the connection is cut. `meddle` gets the source. */
async function receiveNumbers({ count, cuts, retry, meddle = () => {} }) {
  const path = `/numbers/${config.realm}-${Math.random().toString(36).slice(2)}`;
  await askServer(path, JSON.stringify({ count, cuts, retry, seed: config.seed }));
  const source = connect(`${config.origin}${path}`);
  const wrong = [];
  let last = 0;
  let errors = 0;
  let isRequested = true;
  const receive = ({ data, lastEventId }) => {
    const expected = `${last + 1}\né日😀 ${last + 1}`;
    const got = `${data} ${lastEventId}`;
    if (got !== expected && wrong.length < 5) wrong.push([expected, got]);
    last++;
  };
  source.onmessage = receive;
  source.addEventListener("other", receive);
  source.addEventListener("open", () => {
    if (!isRequested || source.readyState !== 1) wrong.push("open");
    isRequested = false;
  });
  await new Promise((resolve) => {
    source.addEventListener("error", () => {
      errors++;
      isRequested = true;
      if (source.readyState === EventSource.CLOSED) resolve();
    });
    meddle(source);
  });
  const report = await askServer(`${path}/report`);
  equal([wrong, last], [[], count]);
  equal(report, { requests: errors, overlaps: 0, early: 0, cuts });
}

test(
  "10,000 events through 500 cuts: each once, in order",
  () => receiveNumbers({ count: 10_000, cuts: 500, retry: 1 }),
  HEAVY,
);

test(
  "never sooner than the reconnection time",
  () => receiveNumbers({ count: 1000, cuts: 30, retry: 30 }),
  HEAVY,
);

test(
  "listeners that throw at random stop nothing",
  async () => {
    const uncaught = expectUncaught();
    const random = new Random(config.seed);
    let thrown = 0;
    const mayThrow = () => {
      if (!random.once(5)) return;
      thrown++;
      throw new Error("of the test");
    };
    await receiveNumbers({
      ...{ count: 1000, cuts: 50, retry: 1 },
      meddle(source) {
        for (const type of ["open", "message", "other", "error"]) {
          source.addEventListener(type, mayThrow);
        }
      },
    });
    await settle();
    equal(uncaught.filter(({ message }) => message === "of the test").length, thrown);
    equal(uncaught.length, thrown);
  },
  HEAVY,
);

test(
  "a stream that ends after every byte",
  async () => {
    const sample = bytesOf(
      "\ufeffid: 1\r\ndata: é日😀\r\n\r\n: c\nevent: a\rdata\rid\r\rretry: 1\ndata: x\ndata: y\n\ndata",
    );
    const ends = Array.from({ length: sample.length + 1 }, (_, end) => sample.slice(0, end));
    const there = await scenario(ends.map((bytes) => stream(bytes)));
    const left = [...ends.keys()];
    async function next() {
      const end = left.pop();
      if (end === undefined) return;
      const { log, source, until } = watch(`${there.url}?script=${end}`, { types: ["a"] });
      source.onerror = () => source.close();
      await until("error");
      const messages = interpret(ends[end]).messages.map(
        ({ type, data, lastEventId }) => `${type}:${data}${lastEventId && `#${lastEventId}`}`,
      );
      equal(log, ["open", ...messages, "error 0"], `after ${end} bytes`);
      await next();
    }
    await Promise.all(Array.from({ length: 4 }, next));
  },
  { limit: 50_000 },
);

test("the status changes from attempt to attempt", async () => {
  const there = await scenario(
    [
      ...[
        stream("retry: 1\nid: 1\ndata: a\n\n"),
        [reset],
        redirect(302, "b"),
        stream("data: b\n\n"),
      ],
      ...[[reset], redirect(307, "events"), [reset], stream(), stream("id: 2\ndata: c\n")],
      respond(503, { "Content-Type": "text/event-stream" }, "data: no\n\n"),
    ],
    { last: stream("data: no\n\n") },
  );
  const { log, until } = watch(there.url);
  await until("error 2");
  await settle();
  equal(log, [
    ...["open", "message:a#1", "error 0", "error 0", "open", "message:b#1", "error 0"],
    ...["error 0", "error 0", "open", "error 0", "open", "error 0", "error 2"],
  ]);
  const ids = (await there.log()).map(({ header }) => header("last-event-id"));
  equal(ids, [undefined, ...Array(9).fill("1")]);
});

test("a redirect loop: a network error each time", async () => {
  const there = await scenario([stream("retry: 20\n\n")], { last: redirect(302, "events") });
  const { log, source, until } = watch(there.url);
  await until("error 0", 4);
  source.close();
  const { length } = await there.log();
  await settle();
  equal(log, ["open", ...Array(4).fill("error 0")]);
  const attempts = (length - 1) / 3;
  equal([Number.isInteger(attempts), attempts > 15 && attempts < 25], [true, true], `${length}`);
  equal((await there.log()).length, length);
});

test("a server that resets each request is asked once in a reconnection time", async () => {
  const [time, count] = [40, 20];
  const there = await scenario([stream(`retry: ${time}\n\n`)], { last: [reset] });
  const { source, until } = watch(there.url);
  await until("error 0", count);
  source.close();
  const log = await there.log();
  // The two clocks may differ a little. A slow machine can only make this longer.
  const taken = log.at(-1).time - log[0].time;
  equal(taken > 0.9 * time * (count - 1), true, `${count} requests in ${taken} ms`);
  await settle();
  equal((await there.log()).length, count);
});

test("a decoder that refuses, as Safari's does after two gigabytes", async () => {
  const { decode } = TextDecoder.prototype;
  defer(() => {
    TextDecoder.prototype.decode = decode;
  });
  let refusals = 0;
  TextDecoder.prototype.decode = function (...args) {
    const text = Reflect.apply(decode, this, args);
    if (text === "enough" && refusals++ === 0) throw new RangeError(text);
    return text;
  };
  const { url } = await scenario([stream("data: enough\n\n")]);
  const { log, until } = watch(url);
  await until("error");
  equal([log, refusals], [["open", "message:enough", "error 0"], 2]);
});

const CLOSES = {
  now: (source) => source.close(),
  "in a job": (source) => Promise.resolve().then(() => source.close()),
  "in a later job": async (source) => {
    for (let hop = 0; hop < 10; hop++) await null;
    source.close();
  },
  "in a task": (source) => setTimeout(() => source.close()),
  "in a later task": (source) => setTimeout(() => source.close(), 3),
};

test(
  "close() in any callback: nothing follows, and the server sees it",
  async () => {
    const random = new Random(config.seed).part(1);
    const lines = "data: a\n\nevent: b\ndata\n\nid: 1\n\nevent: error\ndata\n\n";
    async function run(number) {
      const body = () => stream(...(random.once(2) ? [lines] : [lines, lines, "data: x"]));
      const connections = [stream("retry: 1\n", lines), body(), random.once(3) ? [reset] : body()];
      // A browser may repeat a request that was reset, without telling the page. So there is a response for
      // each.
      const there = await scenario(connections, { last: stream(lines, lines, hold) });
      const source = connect(there.url);
      const [how, when] = [random.pick(Object.keys(CLOSES)), random.below(15)];
      const what = `run ${number}: after ${when}, ${how}`;
      let seen = 0;
      const late = [];
      await new Promise((resolve) => {
        let isClosed = false;
        source.close = function () {
          EventSource.prototype.close.call(this);
          isClosed = true;
          resolve();
        };
        for (const type of ["open", "message", "b", "error"]) {
          source.addEventListener(type, () => {
            if (isClosed) late.push(type);
            else if (seen++ === when) CLOSES[how](source);
          });
        }
      });
      equal([source.readyState, late], [2, []], what);
      return async () => {
        for (const { number, ended } of await there.log()) if (!ended) await there.closed(number);
        equal([source.readyState, late], [2, []], what);
        equal((await there.log()).length < 6, true, what);
      };
    }
    let left = 200;
    const checks = [];
    const work = async () => {
      while (left-- > 0) checks.push(await run(left));
    };
    await Promise.all(Array.from({ length: 4 }, work));
    await settle();
    await Promise.all(checks.map((check) => check()));
  },
  HEAVY,
);

test(
  "a thousand made and closed leave nothing behind",
  async () => {
    const random = new Random(config.seed).part(2);
    const there = await scenario([], { last: stream("data: a\n\n", hold) });
    let closed = 0;
    // While fetches are aborted in a worker, Firefox forgets some others that wait for a connection. This
    // happens with a plain `fetch`, too.
    const batch = Array.from({ length: config.browser === "firefox" ? 5 : 50 }, () => 0);
    for (let made = 0; made < 1000; made += batch.length) {
      await Promise.all(
        batch.map(
          () =>
            new Promise((resolve) => {
              const source = new EventSource(there.url);
              defer(() => source.close());
              const close = () => {
                source.close();
                closed++;
                resolve();
              };
              random.pick([
                close,
                () => Promise.resolve().then(close),
                () => setTimeout(close, random.below(10)),
                () => (source.onopen = close),
                () => (source.onmessage = () => setTimeout(close)),
              ])();
            }),
        ),
      );
    }
    equal(closed, 1000);
    await settle();
    const log = await there.log();
    equal(log.length <= 1000, true);
    for (const { number, ended } of log) if (!ended) await there.closed(number);
  },
  HEAVY,
);
