// The standard's section on parsing an event stream, written as it is there: it takes the whole stream at
// once, and is slow and obvious. Tests compare with it if a case is too long to work out by hand.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

const LINE_END = /\r\n|\r|\n/;

/**
 * The messages of one connection, and what it passes on to the next.
 * @param {Uint8Array} bytes
 * @param {{ lastEventId?: string, reconnectionTime?: number }} [before]
 */
export function interpret(bytes, { lastEventId = "", reconnectionTime = 3000 } = {}) {
  // TextDecoder drops one byte order mark.
  const lines = new TextDecoder().decode(bytes).split(LINE_END);
  // Text after the last line end is not a line.
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
