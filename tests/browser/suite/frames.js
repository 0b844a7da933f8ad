// Sections 1 and 6 of behaviour.md, about more than one realm: frames that are removed, workers that are
// terminated, many realms at once, base URLs and encodings, and objects from another realm. A frame or worker
// gets its own class from the classic script.

import { EventSource } from "eventsource-wasm";
import { replaceFetch } from "../fetch.js";
import { config, defer, equal, section, test, uncaught } from "../harness.js";
import { hold, scenario, stream, wait } from "../scenario.js";
import { observe, settle, watch } from "../watch.js";

section("frames", { only: ["window"], except: ["js"] });

const OURS = { ours: true };

const classic = () => `${config.origin}/pkg/eventsource.classic.js`;
const script = (text) => `<script>${text}</script>`;

/** A frame that has loaded, with the class as its global. */
async function frame(html = "", attributes = {}) {
  const element = document.createElement("iframe");
  const load = config.native ? "" : `<script src="${classic()}"></script>`;
  Object.assign(element, { srcdoc: `<!doctype html>${load}${html}`, ...attributes });
  const loaded = new Promise((resolve) => (element.onload = resolve));
  document.documentElement.append(element);
  defer(() => element.remove());
  await loaded;
  const own = element.contentWindow;
  if (!config.native && !attributes.sandbox) {
    equal(/native code/.test(own.EventSource), false);
  }
  return element;
}

/** A worker that runs `text`, with the class as its global. */
function worker(text) {
  const load = config.native ? "" : `importScripts("${classic()}");`;
  const url = URL.createObjectURL(new Blob([load, text], { type: "text/javascript" }));
  const made = new Worker(url);
  made.onerror = ({ message }) => uncaught(message);
  defer(() => made.terminate());
  defer(() => URL.revokeObjectURL(url));
  return made;
}

/** Each makes something that holds an EventSource of this URL, and returns a function that ends it. */
const ENDS = {
  "a frame that is removed": async (url) => {
    const element = await frame();
    new element.contentWindow.EventSource(url);
    return () => element.remove();
  },
  "a frame that goes elsewhere": async (url) => {
    const element = await frame();
    new element.contentWindow.EventSource(url);
    return () => {
      element.removeAttribute("srcdoc");
      element.src = "about:blank";
    };
  },
  "a worker that is terminated": async (url) => {
    const made = worker(`new EventSource("${url}");`);
    return () => made.terminate();
  },
  "a worker that closes itself": async (url) => {
    const made = worker(`new EventSource("${url}"); onmessage = () => close();`);
    return () => made.postMessage("");
  },
};

for (const [name, make] of Object.entries(ENDS)) {
  test(`${name} while open: the connection is closed`, async () => {
    // When a frame is removed, its loads may end a moment before it is told.
    const time = 200;
    const there = await scenario([stream(`retry: ${time}\ndata: a\n\n`, hold)], {
      last: stream(hold),
    });
    const end = await make(there.url);
    await there.arrived();
    end();
    await there.closed();
    await settle(time);
    equal((await there.log()).length, 1);
  });

  test(`${name} while connecting: the connection is closed`, async () => {
    const there = await scenario([[wait("never")]], { last: stream(hold) });
    const end = await make(there.url);
    await there.arrived();
    end();
    await there.closed();
    await settle();
    equal((await there.log()).length, 1);
  });

  test(`${name} while waiting: there is no request any more`, async () => {
    const there = await scenario([stream("retry: 100\n\n")], { last: stream(hold) });
    const end = await make(there.url);
    await there.arrived();
    // This is sooner than the reconnection time.
    end();
    const { until } = watch((await scenario([stream("retry: 300\n\n"), stream()])).url);
    await until("open", 2);
    equal((await there.log()).length, 1);
  });
}

test("a frame that was removed fires no event at the listeners of its parent", async () => {
  const there = await scenario([stream("data: a\n\n", wait("go"), "data: b\n\n")], {
    last: stream(hold),
  });
  const element = await frame();
  const { log, until } = observe(new element.contentWindow.EventSource(there.url));
  await until("message");
  element.remove();
  await there.open("go");
  await settle();
  // The log has no data, because another realm's event is not an instance of this realm's MessageEvent.
  equal(log, ["open", "message"]);
});

test("a frame resolves URLs by its own base", async () => {
  const element = await frame(`<base href="${config.origin}/streams/base/">`);
  const source = new element.contentWindow.EventSource("a");
  source.close();
  equal(source.url, `${config.origin}/streams/base/a`);
});

const TEN = Array.from({ length: 10 }, (_, n) => n);

test("twenty frames at once each get all their events", async () => {
  const classes = new Set();
  const play = async (_, i) => {
    const body = stream("retry: 1\n", ...TEN.map((n) => `data: ${i}-${n}\n\n`));
    const { url } = await scenario([body, body]);
    const { EventSource: Own } = (await frame()).contentWindow;
    classes.add(Own);
    const source = new Own(url);
    const log = [];
    source.onmessage = ({ data }) => log.push(data);
    await observe(source).until("error 2");
    const once = TEN.map((n) => `${i}-${n}`);
    equal(log, [...once, ...once]);
  };
  await Promise.all(Array.from({ length: 20 }, play));
  equal(classes.size, 20);
});

test("ten workers at once each get all their events", async () => {
  const play = async (i) => {
    const body = stream("retry: 1\n", ...TEN.map((n) => `data: ${i}-${n}\n\n`));
    const { url } = await scenario([body, body]);
    const made = worker(`
        const log = [];
        const source = new EventSource("${url}");
        source.onmessage = ({ data }) => log.push(data);
        source.onerror = () => source.readyState === 2 && postMessage(log);
      `);
    const log = await new Promise((resolve) => (made.onmessage = ({ data }) => resolve(data)));
    const once = TEN.map((n) => `${i}-${n}`);
    equal(log, [...once, ...once]);
  };
  await Promise.all(TEN.map(play));
});

for (const [name, origin, expected] of [
  ["that is allowed", "null", "open"],
  ["that is not", "http://example.com", "error 2"],
]) {
  test(`a frame of an opaque origin ${name}`, async () => {
    const there = await scenario([stream("data: a\n\n", hold)], { cors: { origin } });
    const heard = new Promise((resolve) => {
      addEventListener("message", ({ data }) => resolve(data), { once: true });
    });
    await frame(
      script(`
          const source = new EventSource("${there.url}");
          source.onopen = () => parent.postMessage("open", "*");
          source.onerror = () => parent.postMessage("error " + source.readyState, "*");
        `),
      { sandbox: "allow-scripts" },
    );
    equal(await heard, expected);
    equal((await there.arrived()).header("origin"), "null");
  });
}

test(
  "a stream of another realm",
  async () => {
    const { contentWindow } = await frame(
      script(`
        var readable = new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode("data: a\\n\\n"));
            controller.close();
          },
        });
      `),
    );
    const source = EventSource.fromReadableStream(contentWindow.readable);
    const { log, until } = observe(source);
    await until("error");
    equal(log, ["open", "message:a", "error 2"]);
  },
  OURS,
);

test(
  "a fetch of another realm",
  async () => {
    const { contentWindow } = await frame();
    replaceFetch((_, ...args) => contentWindow.fetch(...args));
    const there = await scenario([stream("data: a\n\n", hold)]);
    const { log, until } = watch(there.url);
    await Promise.race([until("message:a"), until("error")]);
    equal(log, ["open", "message:a"]);
  },
  OURS,
);

test(
  "a page that is unloaded closes what it has",
  async () => {
    const there = await scenario([stream("data: a\n\n", hold)]);
    const element = await frame();
    const { source, until } = observe(new element.contentWindow.EventSource(there.url));
    await until("message");
    const gone = new Promise((resolve) => {
      element.contentWindow.addEventListener("pagehide", () => resolve(source.readyState));
    });
    element.removeAttribute("srcdoc");
    element.src = "about:blank";
    equal(await gone, 2);
  },
  OURS,
);

test("a query is encoded as the page is", async () => {
  const load = config.native ? "" : `<script src="${classic()}"></script>`;
  const blob = new Blob([load], { type: "text/html;charset=windows-1252" });
  const element = document.createElement("iframe");
  element.src = URL.createObjectURL(blob);
  const loaded = new Promise((resolve) => (element.onload = resolve));
  document.documentElement.append(element);
  defer(() => element.remove());
  await loaded;
  equal(element.contentDocument.characterSet, "windows-1252");
  const source = new element.contentWindow.EventSource(`${config.origin}/nowhere?é#é`);
  equal(new URL(source.url).search, "?%E9");
  source.close();
});

test("a pagehide event that the page dispatches itself changes nothing", async () => {
  const there = await scenario([stream("data: a\n\n", wait("go"), "data: b\n\n", hold)]);
  const { log, until } = watch(there.url);
  await until("message:a");
  dispatchEvent(new Event("pagehide"));
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  await there.open("go");
  await until("message:b");
  equal(log, ["open", "message:a", "message:b"]);
});
