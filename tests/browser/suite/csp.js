// Section 4 of behaviour.md: a Content-Security-Policy that names where a page may connect to. What it
// forbids fails permanently, like in a native EventSource. This runs in a separate realm.

import { listenToConsole } from "../console.js";
import { config, equal, section, test } from "../harness.js";
import { closedPort, hold, redirect, scenario, stream } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("csp", { only: ["csp-connect"] });

/** The port of a server that the policy does not name. */
async function unnamedPort() {
  const { port, listen } = await closedPort();
  await listen();
  return port;
}

test("what the policy allows", async () => {
  const there = await scenario([], { last: stream("data: a\n\n", hold), cors: {} });
  for (const url of [there.url, there.otherUrl]) {
    const { log, source, until } = watch(url);
    await until("message");
    equal(log, ["open", "message:a"]);
    source.close();
  }
});

test("what the policy forbids fails permanently", async () => {
  const there = await scenario([], { last: stream("data: a\n\n", hold), cors: {} });
  const lines = listenToConsole();
  const { log, until } = watch(there.urlAt(await unnamedPort()));
  // The policy forbids another request at the same time, which must make no difference.
  fetch(there.urlAt(await unnamedPort())).catch(() => {});
  await until("error");
  equal(log, ["error 2"]);
  await settle();
  equal((await there.log()).length, 0);
  if (!config.native) equal([lines.length, /connect-src/.test(lines[0])], [1, true], lines[0]);
});

test("a redirect to what the policy forbids fails permanently", async () => {
  const port = await unnamedPort();
  const there = await scenario([redirect(302, `http://127.0.0.1:${port}/streams/{id}/b`)], {
    ...{ last: stream("data: a\n\n", hold), cors: {} },
  });
  const { log, until } = watch(there.url);
  await until("error");
  equal(log, ["error 2"]);
});
