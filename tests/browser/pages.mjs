// The realms, and the page that opens each. A page starts its realm, waits until the server has the realm's
// last result, and goes to the next realm's page. So a browser is started only once for all of them.

/**
 * The sections that browsers run with the core in JavaScript. The whole suite would take another minute in
 * each browser, so only Node runs it with that core.
 */
const IN_JS = "request,response,stream,close,loading,stream source,generated";

/**
 * The first realms run the whole suite. The others have the core in JavaScript, or load the package in
 * another way, and run only sections that show that it is the same class. `like` is the realm whose tests run
 * there.
 */
export const REALMS = [
  { name: "window", native: true },
  { name: "dedicated", native: true },
  { name: "shared", native: true },
  { name: "service", native: true },
  { name: "classic" },
  { name: "js", like: "window", sections: IN_JS },
  { name: "module", sections: "interface,loading" },
  { name: "classic-worker", sections: "interface,loading" },
  { name: "page-cache", sections: "page cache", native: true },
  { name: "csp-classic", like: "classic", sections: "interface,loading" },
  { name: "csp-module", like: "module", sections: "interface,loading" },
  { name: "csp-worker", like: "classic-worker", sections: "interface,loading" },
  { name: "csp-service", like: "service", sections: "absent" },
  { name: "absent", sections: "absent" },
  { name: "csp", sections: "absent" },
  { name: "csp-connect", sections: "csp", native: true },
];

/** How a realm's page starts the realm. `script` and `query` are defined there. */
const STARTERS = {
  window: "load(script + query)",
  "page-cache": "load(script + query)",
  absent: "load(script + query)",
  csp: "load(script + query)",
  "csp-connect": "load(script + query)",
  classic: `load("/pkg/eventsource.classic.js").then(() => load(script + query))`,
  module: `import("/tests/browser/realm.js")`,
  dedicated: "new Worker(script + query).onerror = failed",
  "classic-worker": `new Worker("/bundle/classic-worker.js" + query).onerror = failed`,
  shared: "new SharedWorker(script + query).onerror = failed",
  service: `
    navigator.serviceWorker.register(script + query, { scope: "/scope/" }).then((registration) => {
      const worker = registration.installing;
      const tell = () => worker.state === "activated" && worker.postMessage("start");
      worker.onstatechange = tell;
      tell();
    })`,
};

const html = ({ realm, kind, script, run }) => `<!doctype html>
<meta charset="utf-8">
<title>${realm}</title>
<link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "eventsource-wasm": "/pkg/eventsource.js" } }</script>
<script>
  const script = "${script}";
  const query = location.search;
  const failed = (event) => {
    const error = "does not start: " + (event.message ?? event.reason ?? event);
    for (const result of [{ name: "the realm", error }, { done: true }])
      fetch("/reports/${run}/${realm}", { method: "POST", body: JSON.stringify(result) });
  };
  const load = (src) => new Promise((resolve) => {
    const element = document.createElement("script");
    Object.assign(element, { src, onload: resolve, onerror: () => failed(src + " does not load") });
    document.head.append(element);
  });
  const { other } = Object.fromEntries(new URLSearchParams(query));
  const goOn = () => fetch(other + "/next/${run}/${realm}")
    .then((answer) => answer.text())
    .then((url) => (location = url));
  ${realm === "page-cache" ? "globalThis.over = goOn" : "goOn()"};
  Promise.resolve(${STARTERS[kind]}).catch(failed);
</script>
`;

/** The realm "page-cache" goes to this page, which goes back when the server has answered. */
const AWAY = `<!doctype html>
<title>away</title>
<link rel="icon" href="data:,">
<script>
  const back = () => history.back();
  onload = () => fetch(new URLSearchParams(location.search).get("until"), { method: "POST" }).then(back);
</script>
`;

const WITHOUT_WASM = { "Content-Security-Policy": "script-src 'self' 'unsafe-inline'" };

const HEADERS = {
  // A page goes into the page cache only if it may be stored and does not wait for a response.
  "page-cache": () => ({ "Cache-Control": "no-cache" }),
  js: () => WITHOUT_WASM,
  csp: () => WITHOUT_WASM,
  "csp-classic": () => WITHOUT_WASM,
  "csp-module": () => WITHOUT_WASM,
  "csp-worker": () => WITHOUT_WASM,
  "csp-service": () => WITHOUT_WASM,
  "csp-connect": (query) => ({
    "Content-Security-Policy": `connect-src 'self' ${query.get("other")}`,
  }),
};

/** The page of a realm and its headers, which the server also sends with the realm's script. */
export function page(realm, search) {
  const query = new URLSearchParams(search);
  const kind = query.get("like") || realm;
  const isGlobal = kind === "classic" || query.has("native");
  const script = isGlobal ? "global" : realm === "js" ? "js" : "package";
  if (realm === "away") return { html: AWAY };
  if (!STARTERS[kind]) return { html: "<!doctype html><title>over</title>" };
  return {
    html: html({ realm, kind, script: `/bundle/${script}.js`, run: query.get("run") }),
    headers: HEADERS[realm]?.(query),
  };
}
