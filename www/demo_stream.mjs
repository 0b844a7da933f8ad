// The demo's event stream. The number of an event determines its content and its time, and a
// stream's clock runs on while its reader is away. So readers can check a resumed stream for lost
// and repeated events, and see it catch up. If the server does not know a stream, because it was
// restarted, the stream continues after the reader's last event ID.

const CYCLE = 8000;
const OFFSETS = [400, 900, 1300, 2200, 2600, 3000, 4100, 4500, 5400, 5700];
const HEARTBEAT = 2000;
const RECONNECTION_TIME = 1000;
const STREAMS_KEPT = 1000;
const GOODS = ["apples", "pears", "plums", "figs"];

const streams = new Map();

/** Milliseconds from the start of a stream to its event n; events count from 1. */
function happensAt(n) {
  if (n === 0) return 0;
  return Math.floor((n - 1) / OFFSETS.length) * CYCLE + OFFSETS[(n - 1) % OFFSETS.length];
}

function price(n) {
  const index = n % GOODS.length;
  const value = 2 + index * 0.7 + Math.sin(n / 9) * 0.6 + Math.sin(n * 1.7) * 0.15;
  return JSON.stringify({ item: GOODS[index], price: Number(value.toFixed(2)) });
}

function eventText(n) {
  const [type, data] = event(n);
  return `id: ${n}\n${type}${data.replace(/^/gm, "data: ")}\n\n`;
}

function event(n) {
  const order = `Order ${1000 + n}`;
  switch (n % OFFSETS.length) {
    case 3:
      return ["", `${order} packed`];
    case 5:
      return ["", `${order}\n  2 × notebook\n  1 × pencil`];
    case 7:
      return ["", `${order} on its way to Zürich`];
    case 0:
      return ["", `${order} delivered ✓ Αθήνα`];
    default:
      return ["event: price\n", price(n)];
  }
}

function streamNamed(name, lastEventId) {
  let stream = streams.get(name);
  if (!stream) {
    const startedAt = Date.now() - happensAt(lastEventId);
    stream = { startedAt, connections: new Set(), downUntil: 0, ended: false };
    streams.set(name, stream);
    forgetIdleStreams();
  }
  return stream;
}

function forgetIdleStreams() {
  for (const [name, { connections }] of streams) {
    if (streams.size <= STREAMS_KEPT) return;
    if (connections.size === 0) streams.delete(name);
  }
}

/** Answers with the events after `lastEventId`: past ones at once, future ones when they happen. */
export function follow(name, lastEventId, response) {
  const stream = streamNamed(name, lastEventId);
  if (stream.ended) return response.writeHead(204).end();
  if (Date.now() < stream.downUntil) return response.socket.resetAndDestroy();

  let next = lastEventId + 1;
  let timer;
  const deliver = () => {
    let quiet = true;
    while (stream.startedAt + happensAt(next) <= Date.now()) {
      quiet = false;
      if (!response.write(eventText(next++))) return response.once("drain", deliver);
    }
    if (quiet) response.write(": still here\n");
    const wait = stream.startedAt + happensAt(next) - Date.now();
    timer = setTimeout(deliver, Math.min(Math.max(wait, 0), HEARTBEAT));
  };

  stream.connections.add(response);
  response.once("close", () => {
    clearTimeout(timer);
    response.off("drain", deliver);
    stream.connections.delete(response);
  });
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(`retry: ${RECONNECTION_TIME}\n\n`);
  deliver();
}

/**
 * Resets the open connections, and for `duration` ms each new one. Returns undefined if there is no
 * such stream.
 */
export function cut(name, duration) {
  const stream = streams.get(name);
  if (!stream) return undefined;
  const { size } = stream.connections;
  stream.downUntil = Date.now() + duration;
  for (const response of stream.connections) response.socket?.resetAndDestroy();
  return size;
}

/**
 * Ends the open responses, and answers all later requests with 204. Returns undefined if there is
 * no such stream.
 */
export function end(name) {
  const stream = streams.get(name);
  if (!stream) return undefined;
  const { size } = stream.connections;
  stream.ended = true;
  for (const response of stream.connections) response.end();
  return size;
}
