// What the constructor's arguments are converted to, as Web IDL prescribes, and what is said of bad ones.

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsourceinit, and our options. */
export function convertInit(dictionary) {
  if (dictionary === undefined || dictionary === null) return { withCredentials: false };
  if (Object(dictionary) !== dictionary) {
    throw new TypeError(
      "EventSource: the second argument is not an object. Leave it out, or pass { withCredentials: true }.",
    );
  }
  const parameter = dictionary.lastEventIdQueryParameterName;
  return {
    lastEventIdParameter: parameter === undefined ? undefined : `${parameter}`,
    withCredentials: Boolean(dictionary.withCredentials),
  };
}

/** Resolves against the document's base URL in a window, the script's in a worker. */
export function resolveUrl(url) {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const parsed = parseUrl(inPageEncoding(url), base);
  if (parsed) return parsed;
  const allowed = base === undefined ? "an absolute URL" : `a URL, absolute or relative to ${base}`;
  throw new DOMException(
    `EventSource: "${url}" is not a valid URL. Pass ${allowed}.`,
    "SyntaxError",
  );
}

/**
 * Encoding-parses: in a page that is not in UTF-8, a query is in the page's encoding, which only its
 * elements know.
 */
function inPageEncoding(url) {
  const { document } = globalThis;
  if ((document?.characterSet ?? "UTF-8") === "UTF-8") return url;
  const link = document.createElementNS("http://www.w3.org/1999/xhtml", "a");
  link.href = url;
  return link.href;
}

export function parseUrl(url, base) {
  try {
    const parsed = new URL(url, base);
    // Chromium takes a host with a space, and the like, for one with "%20" in it.
    const { hostname, protocol } = parsed;
    return hostname.includes("%") && /^(https?|wss?|ftp):$/.test(protocol) ? null : parsed;
  } catch {
    return null;
  }
}
