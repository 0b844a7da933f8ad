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
  const parsed = parseUrl(url, base);
  if (parsed) return parsed;
  const allowed = base === undefined ? "an absolute URL" : `a URL, absolute or relative to ${base}`;
  throw new DOMException(
    `EventSource: "${url}" is not a valid URL. Pass ${allowed}.`,
    "SyntaxError",
  );
}

export function parseUrl(url, base) {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Locks the stream. */
export function lock(stream) {
  try {
    return ReadableStream.prototype.getReader.call(stream);
  } catch (error) {
    throw new TypeError(
      `EventSource.fromReadableStream: this is no ReadableStream, or a locked one. Pass one that nobody else reads. (${error})`,
    );
  }
}
