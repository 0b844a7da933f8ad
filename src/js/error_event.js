// The `error` event: an Event like any other, that says why.

/**
 * With what is known of the failure as own properties that are not enumerable, so that nothing else about
 * the event changes. `take` is called when the page asks for the response.
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
