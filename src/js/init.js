// Converts the constructor's arguments, as Web IDL says. Errors say what to pass instead.

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsourceinit, with our own option. */
export function convertInit(dictionary) {
  if (dictionary === undefined || dictionary === null) return { withCredentials: false };
  if (Object(dictionary) !== dictionary) {
    throw new TypeError(
      "EventSource: the second argument is not an object. Leave it out, or pass one like { withCredentials: true }.",
    );
  }
  const parameter = dictionary.lastEventIdQueryParameterName;
  return {
    lastEventIdParameter: parameter === undefined ? undefined : `${parameter}`,
    withCredentials: Boolean(dictionary.withCredentials),
  };
}

/** Resolves `url` against the document's base URL in a window, and against the script's URL in a worker. */
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
 * Encodes the query as the standard's "encoding-parse a URL" does: in a page that is not in UTF-8, with the
 * page's encoding, which only the page's elements can do.
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
    // Chromium accepts hosts with a space and other forbidden characters, and turns the space into "%20".
    const { hostname, protocol } = parsed;
    return hostname.includes("%") && /^(https?|wss?|ftp):$/.test(protocol) ? null : parsed;
  } catch {
    return null;
  }
}
