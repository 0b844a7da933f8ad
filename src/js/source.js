// Where an event stream comes from: what the page gave, made ready for each attempt. The core asks it.

/** A URL to request, as the standard says. */
export class RequestSource {
  url;
  reconnects = true;
  #credentials;
  #parameter;

  constructor(url, { withCredentials, lastEventIdParameter }) {
    this.url = url;
    this.#credentials = withCredentials ? "include" : "same-origin";
    this.#parameter = lastEventIdParameter;
  }

  send(url, lastEventId, signal) {
    const headers = { Accept: "text/event-stream" };
    let address = url;
    if (lastEventId !== undefined && this.#parameter !== undefined) {
      address = withParameter(url, this.#parameter, lastEventId);
    } else if (lastEventId !== undefined) {
      headers["Last-Event-ID"] = headerValue(lastEventId);
    }
    // The cache mode makes the browser send `Cache-Control: no-cache`; set by hand, that header would cost
    // a CORS preflight.
    return fetch(address, { ...init("cors", this.#credentials), headers, signal });
  }

  /**
   * To another origin, where there is CORS. HEAD, so that the server sends no stream; without credentials, so
   * that it does nothing in the user's name.
   */
  probe(url, signal) {
    const { origin } = globalThis;
    const { protocol, origin: there } = new URL(url);
    if (typeof origin !== "string" || origin === there || !/^http/.test(protocol)) return undefined;
    return fetch(url, { ...init("no-cors", "omit"), method: "HEAD", signal });
  }

  /** The URL's own parameter of that name, if there is one, was replaced before. */
  withoutId(url) {
    return this.#parameter === undefined ? url : withParameter(url, this.#parameter);
  }

  close() {}
}

/** A stream that the page has requested: the response to the only request. */
export class StreamSource {
  url = "about:event-stream";
  reconnects = false;
  #reader;

  constructor(stream) {
    try {
      this.#reader = ReadableStream.prototype.getReader.call(stream);
    } catch (error) {
      throw new TypeError(
        `EventSource.fromReadableStream: this is not a ReadableStream, or it is locked. Pass one that nobody else reads. (${error})`,
      );
    }
  }

  send() {
    return {
      ...{ status: 200, url: "", redirected: false },
      headers: { get: () => "text/event-stream" },
      body: { getReader: () => this.#reader },
    };
  }

  /** Whatever comes of it: nobody listens any more. */
  close() {
    this.#reader.cancel().catch(() => {});
  }
}

/** What of a request's init this runtime has: workerd, by its date, refuses the cache mode. */
function init(mode, credentials) {
  const { prototype = {} } = globalThis.Request ?? {};
  const attributes = Object.entries({ redirect: "follow", mode, cache: "no-store", credentials });
  return Object.fromEntries(attributes.filter(([name]) => name in prototype));
}

/**
 * A header's value is bytes, and JavaScript writes one character for each. Where any character can be
 * written, as in workerd, it is encoded later.
 */
function headerValue(id) {
  try {
    new Headers().set("Last-Event-ID", "\u0100");
    return id;
  } catch {
    const byte = (_, hex) => String.fromCharCode(Number.parseInt(hex, 16));
    return encodeURIComponent(id).replace(/%(..)/g, byte);
  }
}

/** `url` with this query parameter, or without it; the rest stays as it was written. */
function withParameter(url, name, value) {
  const [, path, query, fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url);
  const key = encodeURIComponent(name);
  const parameters = query?.split("&").filter((one) => one.split("=")[0] !== key) ?? [];
  if (value !== undefined) parameters.push(`${key}=${encodeURIComponent(value)}`);
  return path + (parameters.length > 0 ? `?${parameters.join("&")}` : "") + fragment;
}
