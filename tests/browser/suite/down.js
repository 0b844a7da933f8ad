// Sections 6 and 7 of behaviour.md: a server that is down at first, so that its port refuses connections. The
// first wait takes the default reconnection time, so each test runs only in realms that may differ.

import { equal, section, test } from "../harness.js";
import { closedPort, hold, scenario, stream } from "../scenario.js";
import { watch } from "../watch.js";

section("down");

test(
  "refused at first, then accepted",
  async () => {
    const { port, listen } = await closedPort();
    const there = await scenario([stream("retry: 1\ndata: a\n\n"), stream("data: b\n\n", hold)], {
      cors: {},
    });
    const { log, source, until } = watch(there.urlAt(port));
    await until("error");
    equal([log, source.readyState], [["error 0"], 0]);
    await listen();
    await until("message:b");
    equal(log, ["error 0", "open", "message:a", "error 0", "open", "message:b"]);
    equal((await there.log()).length, 2);
  },
  { only: ["window", "dedicated", "node"] },
);

test(
  "close() while the server is down",
  async () => {
    const { port, listen } = await closedPort();
    const there = await scenario([], { last: stream(hold), cors: {} });
    const { log, source, until } = watch(there.urlAt(port));
    await until("error");
    source.close();
    await listen();
    // This takes longer than the reconnection time.
    const { until: waited } = watch((await scenario([stream()])).url);
    await waited("error 2");
    equal([log, (await there.log()).length], [["error 0"], 0]);
  },
  { only: ["window", "node"] },
);
