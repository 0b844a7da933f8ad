// Where an event stream comes from. The core asks its source for each attempt.

/** A URL that is requested as the standard says. */
export class RequestSource {
  url;
  reconnects = true;
  #credentials;
  #parameter;
  #inContext;

  /** `inContext` calls `fetch` in the asynchronous context in which the EventSource was made. */
  constructor(url, { withCredentials, lastEventIdParameter }, inContext) {
    this.url = url;
    this.#inContext = inContext;
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
    // The cache mode makes the browser send `Cache-Control: no-cache`. If we set that header, it would cost a
    // CORS preflight.
    return this.#fetch(address, "cors", this.#credentials, { headers, signal });
  }

  /**
   * The probe, which is only for other origins, and only where there is CORS. It is a HEAD request, so the
   * server sends no stream. It has no credentials, so the server does nothing in the user's name.
   */
  probe(url, signal) {
    const { origin } = globalThis;
    const { protocol, origin: there } = new URL(url);
    if (typeof origin !== "string" || origin === there || !/^http/.test(protocol)) return undefined;
    return this.#fetch(url, "no-cors", "omit", { method: "HEAD", signal });
  }

  /** Removes the parameter, even if the page's URL had one of that name: `send` has replaced that already. */
  withoutId(url) {
    return this.#parameter === undefined ? url : withParameter(url, this.#parameter);
  }

  close() {}

  #fetch(url, mode, credentials, others) {
    const init = {
      ...supported({ redirect: "follow", mode, cache: "no-store", credentials }),
      ...others,
    };
    return this.#inContext(() => fetch(url, init));
  }
}

/** A stream of the page's own. It is read as the response to the only request. */
export class StreamSource {
  url = "about:event-stream";
  reconnects = false;
  #reader;

  constructor(stream) {
    try {
      this.#reader = ReadableStream.prototype.getReader.call(stream);
    } catch (error) {
      throw new TypeError(
        `EventSource.fromReadableStream: the argument is not a ReadableStream, or it is locked (${error}). Pass a stream that nobody else reads.`,
      );
    }
  }

  send() {
    return {
      status: 200,
      url: "",
      redirected: false,
      headers: { get: () => "text/event-stream" },
      body: { getReader: () => this.#reader },
    };
  }

  /** Ignores a rejection, because nobody listens any more. */
  close() {
    this.#reader.cancel().catch(() => {});
  }
}

/** The parts of a request's init that this runtime knows. With some dates, workerd refuses the cache mode. */
function supported(init) {
  const { prototype = {} } = globalThis.Request ?? {};
  return Object.fromEntries(Object.entries(init).filter(([name]) => name in prototype));
}

/**
 * The ID as a header's value. In JavaScript, each character of such a value stands for one byte, so the ID is
 * encoded here. Runtimes that accept any character, like workerd, encode it themselves.
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

/** `url` with this query parameter, or without it if there is no value. The rest stays as it is written. */
function withParameter(url, name, value) {
  const [, path, query, fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url);
  const key = encodeURIComponent(name);
  const parameters = query?.split("&").filter((one) => one.split("=")[0] !== key) ?? [];
  if (value !== undefined) parameters.push(`${key}=${encodeURIComponent(value)}`);
  return path + (parameters.length > 0 ? `?${parameters.join("&")}` : "") + fragment;
}
