// Section 6 of behaviour.md: a page that is left and comes back. Each test leaves its own page by a link, and
// the other page goes back. If the engine has kept the page, the test goes on where it was. If not, the page
// starts again from the beginning, and the second time the test only reports that.

import { config, defer, equal, note, section, test } from "../harness.js";
import { hold, scenario, stream, wait } from "../scenario.js";
import { settle, watch } from "../watch.js";

section("page cache");

const REALM = { only: ["page-cache"] };

// There is half a second between two connections, because WebKit ends a page's loads a moment before it tells
// the page that it is left. Until then, it ends every new load, too.

/** The state of each test: nothing, "left", or "over". It is stored, because it has to outlive the page. */
const state = {
  get: (name) => sessionStorage.getItem(`${config.run} ${name}`),
  set: (name, value) => sessionStorage.setItem(`${config.run} ${name}`, value),
};

/**
 * A test of a page that is kept. Its body gets a function that leaves the page, and resolves when the page
 * has come back. The argument of that function is the request that the other page makes before it goes back.
 */
function whenKept(name, body) {
  const run = async () => {
    defer(() => state.set(name, "over"));
    if (state.get(name) === "left") {
      note("the engine does not keep such a page");
    } else {
      await loaded();
      await body(async (question) => {
        state.set(name, "left");
        await leaveAndReturn(question);
      });
    }
  };
  test(name, run, { ...REALM, when: () => state.get(name) !== "over" });
}

async function loaded() {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

async function leaveAndReturn(question) {
  const hidden = new Promise((resolve) => addEventListener("pagehide", resolve, { once: true }));
  const shown = new Promise((resolve) => addEventListener("pageshow", resolve, { once: true }));
  const link = document.createElement("a");
  link.href = `/page/away?${new URLSearchParams({ until: config.other + question })}`;
  document.body.append(link);
  // A page that is left in the task of its load event gets no entry in the history.
  setTimeout(() => link.click());
  const { persisted } = await hidden;
  await shown;
  note(persisted ? "kept" : "kept, though pagehide said otherwise");
}

/**
 * The other page's request, which waits until the connection is closed. Chromium's own class keeps it open.
 */
const dropped = ({ id }, n) => `/scenarios/${id}/${config.native ? "log" : `closed/${n}`}`;
const nothing = ({ id }) => `/scenarios/${id}/log`;

async function sees({ log, source }, there, expected, requests) {
  await settle();
  equal(log, expected);
  const made = await there.log();
  equal([made.length, source.readyState === 1], [requests, expected.at(-1) !== "error 2"]);
  for (let i = 1; i < made.length; i++) equal(made[i].time > made[i - 1].ended, true, "overlap");
  return made;
}

whenKept("an open connection is dropped, and reestablished", async (leave) => {
  const there = await scenario([
    ...[stream("retry: 500\nid: 1\ndata: a\n\n", hold), stream("id: 2\ndata: b\n\n", hold)],
  ]);
  const watched = watch(there.url);
  await watched.until("message:a");
  await leave(dropped(there, 1));
  await watched.until("message:b");
  const expected = ["open", "message:a#1", "error 0", "open", "message:b#2"];
  const [, second] = await sees(watched, there, expected, 2);
  equal(second.header("last-event-id"), "1");
});

whenKept("a page that is left three times", async (leave) => {
  const there = await scenario(
    ["retry: 500\n", "", "", ""].map((first, i) =>
      stream(`${first}id: ${i}\ndata: ${i}\n\n`, hold),
    ),
  );
  const watched = watch(there.url);
  const expected = ["open", "message:0#0"];
  for (let times = 1; times <= 3; times++) {
    await watched.until(`message:${times - 1}`);
    await leave(dropped(there, times));
    await watched.until(`message:${times}`);
    expected.push("error 0", "open", `message:${times}#${times}`);
  }
  await sees(watched, there, expected, 4);
});

whenKept("several, each reestablished once", async (leave) => {
  const all = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const there = await scenario([
        ...[stream("retry: 500\ndata: a\n\n", hold), stream("data: b\n\n", hold)],
      ]);
      return { there, watched: watch(there.url) };
    }),
  );
  await Promise.all(all.map(({ watched }) => watched.until("message:a")));
  await leave(dropped(all[0].there, 1));
  for (const { there, watched } of all) {
    await watched.until("message:b");
    await sees(watched, there, ["open", "message:a", "error 0", "open", "message:b"], 2);
  }
});

whenKept("a request without a response is dropped, and made again", async (leave) => {
  const there = await scenario([
    ...[stream("retry: 500\n\n"), [wait("never")], stream("data: b\n\n", hold)],
  ]);
  const watched = watch(there.url);
  await there.arrived(2);
  await leave(dropped(there, 2));
  await watched.until("message:b");
  await sees(watched, there, ["open", "error 0", "error 0", "open", "message:b"], 3);
});

whenKept("a wait goes on", async (leave) => {
  const there = await scenario([stream("retry: 500\n\n"), stream("data: b\n\n", hold)]);
  const watched = watch(there.url);
  await watched.until("error 0");
  await leave(nothing(there));
  await watched.until("message:b");
  await sees(watched, there, ["open", "error 0", "open", "message:b"], 2);
});

whenKept("what is closed stays closed", async (leave) => {
  const there = await scenario([stream("retry: 500\ndata: a\n\n", hold)]);
  const watched = watch(there.url);
  await watched.until("message:a");
  watched.source.close();
  await there.closed(1);
  await leave(nothing(there));
  await settle();
  equal([watched.log, watched.source.readyState], [["open", "message:a"], 2]);
  equal((await there.log()).length, 1);
});
