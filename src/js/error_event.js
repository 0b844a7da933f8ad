// The `error` event: a plain Event that also says why.

/**
 * What is known about the failure is in own properties. They are not enumerable, so the event otherwise looks
 * like a native one. `take` is called when the page asks for the response.
 */
export function errorEvent({ reason, message, attempt, delay, response, error }, take) {
  const event = new Event("error");
  const define = (name, descriptor) =>
    Object.defineProperty(event, name, { configurable: true, ...descriptor });
  const details = { reason, message, attempt, delay, code: response?.status, error };
  for (const [name, value] of Object.entries(details)) {
    if (value !== undefined) define(name, { value, writable: true });
  }
  if (response) {
    define("response", {
      get() {
        take();
        return response;
      },
    });
  }
  return event;
}
