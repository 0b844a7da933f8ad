// What the package has to do wherever it is installed: read the streams of ../server.mjs to their ends, and
// report to that server.

/** Resolves when the server has the report. Nothing is open after that. */
export async function check(EventSource, streams) {
  const log = [];
  try {
    await read(new EventSource(streams), log);
    log.push(`one class: ${EventSource === globalThis.EventSource}`);
    log.push(`WebAssembly: ${typeof WebAssembly}`);
  } catch (error) {
    log.push(String(error));
  }
  await fetch(streams, { method: "POST", body: JSON.stringify(log) });
}

function read(source, log) {
  return new Promise((resolve) => {
    const tell = ({ type, data, lastEventId }) => log.push(`${type} ${data} ${lastEventId}`);
    source.onopen = () => log.push("open");
    source.onmessage = tell;
    source.addEventListener("price", tell);
    source.addEventListener("last", () => {
      source.close();
      resolve();
    });
    source.onerror = () => {
      log.push(`error ${source.readyState}`);
      if (source.readyState === 2) resolve();
    };
  });
}
