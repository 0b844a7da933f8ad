// The standard's chapter on parsing an event stream, written down as it stands there: the whole
// stream at once, slow and obvious. It is what tests compare with where a case is too long to be
// worked out by hand.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

const LINE_END = /\r\n|\r|\n/;

/**
 * The messages of one connection, and what it leaves to the next.
 * @param {Uint8Array} bytes
 * @param {{ lastEventId?: string, reconnectionTime?: number }} [before]
 */
export function interpret(bytes, { lastEventId = "", reconnectionTime = 3000 } = {}) {
  // The decoder drops one BOM.
  const lines = new TextDecoder().decode(bytes).split(LINE_END);
  // What comes after the last end of a line is no line.
  lines.pop();
  const messages = [];
  let [data, type, idBuffer] = ["", "", lastEventId];

  for (const line of lines) {
    if (line === "") {
      lastEventId = idBuffer;
      if (data !== "") {
        messages.push({ type: type || "message", data: data.slice(0, -1), lastEventId });
      }
      [data, type] = ["", ""];
      continue;
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data += `${value}\n`;
    if (name === "event") type = value;
    if (name === "id" && !value.includes("\0")) idBuffer = value;
    if (name === "retry" && /^[0-9]+$/.test(value)) reconnectionTime = Number(value);
  }
  return { messages, lastEventId, reconnectionTime };
}
