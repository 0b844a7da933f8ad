// A service worker that answers some requests of its page itself. The n-th word of the query's `sw` names the
// answer to the n-th request of that URL. When there is no word left, the request goes to the network.

const asked = new Map();

globalThis.addEventListener("install", () => globalThis.skipWaiting());
globalThis.addEventListener("activate", (event) => event.waitUntil(globalThis.clients.claim()));
globalThis.addEventListener("fetch", (event) => {
  const { url } = event.request;
  const words = new URL(url).searchParams.get("sw")?.split(" ") ?? [];
  const count = asked.get(url) ?? 0;
  asked.set(url, count + 1);
  const answer = ANSWERS[words[count]];
  if (answer) event.respondWith(answer(event.request));
});

const make = (text, init) =>
  new Response(text, { headers: { "Content-Type": "text/event-stream" }, ...init });

const ANSWERS = {
  made: () => make("retry: 1\nid: 1\ndata: made\n\n"),
  streamed() {
    const chunks = ["retry: 1\nda", "ta: é\n\n", "data: b\n\n"];
    const encoder = new TextEncoder();
    return make(
      new ReadableStream({
        pull(controller) {
          if (chunks.length > 0) controller.enqueue(encoder.encode(chunks.shift()));
          else controller.close();
        },
      }),
    );
  },
  broken: () =>
    make(new ReadableStream({ pull: (controller) => controller.error(new Error("broken")) })),
  empty: () => make(null),
  failed: () => Response.error(),
  rejected: () => Promise.reject(new Error("of the test")),
  missing: () => make("", { status: 404 }),
  passed: (request) => fetch(request),
  elsewhere: (request) => fetch(new URL(request.url).searchParams.get("elsewhere")),
  opaque: (request) =>
    fetch(new URL(request.url).searchParams.get("elsewhere"), { mode: "no-cors" }),
  redirected: (request) => Response.redirect(request.url.replace("events", "b")),
  described(request) {
    const { mode, credentials, cache, redirect, destination, referrer, method } = request;
    const headers = [...request.headers].sort();
    const all = { mode, credentials, cache, redirect, destination, referrer, method, headers };
    return make(`retry: 1\nid: 7\ndata: ${JSON.stringify(all)}\n\n`);
  },
};
