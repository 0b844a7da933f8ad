// Section 3 of behaviour.md: the option that sends the last event ID in the URL, for servers that cannot
// answer a preflight.

import { config, equal, section, test } from "../harness.js";
import { hold, redirect, scenario, stream } from "../scenario.js";
import { connect, watch } from "../watch.js";

section("lastEventIdQueryParameterName", { ours: true });
const OPTION = { lastEventIdQueryParameterName: "last" };

const queryOf = ({ url }) => new URL(url, config.origin).searchParams;
const idsOf = (request) => queryOf(request).getAll("last");

/** For each request, the values of the parameter. */
async function idsSent(connections, { query = "", requests = connections.length } = {}) {
  const there = await scenario([...connections.slice(0, -1), [...connections.at(-1), hold]]);
  connect(`${there.url}${query}`, OPTION);
  await there.arrived(requests);
  const log = await there.log();
  for (const { header } of log) equal(header("last-event-id"), undefined);
  return log.map(idsOf);
}

test("sent to another origin in the URL, without a preflight", async () => {
  const there = await scenario(
    [stream("retry: 1\nid: 1\ndata: a\n\n"), stream("data: b\n\n", hold)],
    { cors: {} },
  );
  const { log, source, until } = watch(there.otherUrl, OPTION);
  await until("message:b");
  equal(log, ["open", "message:a#1", "error 0", "open", "message:b#1"]);
  const requests = await there.log();
  equal(
    requests.map(({ method, url, header }) => [method, url, header("last-event-id")]),
    [
      ["GET", there.path, undefined],
      ["GET", `${there.path}?last=1`, undefined],
    ],
  );
  equal(source.url, there.otherUrl);
});

test("each id takes the place of the one before", async () => {
  const bodies = ["retry: 1\n\n", "id: 1\n\n", "\n", "id: 2\n\n"];
  equal(await idsSent([...bodies.map((body) => stream(body)), stream()]), [
    ...[[], [], ["1"], ["1"], ["2"]],
  ]);
});

test("an id that is set to empty is no longer sent", async () => {
  const bodies = ["retry: 1\nid: 1\n\n", "id\ndata: a\n\n"];
  equal(await idsSent([...bodies.map((body) => stream(body)), stream()]), [[], ["1"], []]);
});

test("it replaces the parameter in the page's URL", async () => {
  const bodies = ["retry: 1\n\n", "id: 1\n\n"];
  equal(await idsSent([...bodies.map((body) => stream(body)), stream()], { query: "?last=0" }), [
    ["0"],
    ["0"],
    ["1"],
  ]);
});

for (const id of ["a b&c=d+e%20#f?", "…日本😀", "\ufffd", "  "]) {
  test(`any id arrives: ${JSON.stringify(id)}`, async () =>
    equal(await idsSent([stream(`retry: 1\nid: ${id}\n\n`), stream()]), [[], [id]]));
}

test("after a redirect it is replaced, not repeated", async () => {
  const connections = [
    stream("retry: 1\nid: 1\n\n"),
    redirect(301, "elsewhere?last=1&a=b"),
    stream("id: 2\n\n"),
    stream(hold),
  ];
  const there = await scenario(connections);
  connect(there.url, OPTION);
  await there.arrived(4);
  const log = await there.log();
  equal(log.map(idsOf), [[], ["1"], ["1"], ["2"]]);
  equal(queryOf(log[3]).get("a"), "b");
  equal(log[3].url.includes("/elsewhere?"), true);
});

test("the rest of the query stays as it was written", async () => {
  const query = "?a=%20b+c~&d&=e&&f=%FF*";
  const there = await scenario([stream("retry: 1\nid: 1\n\n"), stream(hold)]);
  connect(`${there.url}${query}#g`, OPTION);
  equal((await there.arrived(2)).url, `${there.path}${query}&last=1`);
});

for (const [name, value] of [
  ["undefined", undefined],
  ["left out", null],
]) {
  test(`the header where the option is ${name}`, async () => {
    const there = await scenario([stream("retry: 1\nid: 1\n\n"), stream(hold)]);
    const init = value === null ? {} : { lastEventIdQueryParameterName: value };
    connect(there.url, init);
    const { url, header } = await there.arrived(2);
    equal([url, header("last-event-id")], [there.path, "1"]);
  });
}
