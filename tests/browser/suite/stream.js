// Section 5 of behaviour.md: what a stream's bytes become. Every case is sent whole and byte by byte, and
// short ones are also cut in two at every place. The result has to be the same. The network may join or split
// what is sent, so the Rust tests are what proves that cuts never matter.

import { equal, section, test } from "../harness.js";
import { bytesOf, scenario, stream } from "../scenario.js";
import { watch } from "../watch.js";

section("stream");

const TYPES = ["a", "b", "a b", " a", "é", "constructor", "Message"];
const SHORT = 14;
const AT_ONCE = 4;

function cutsOf(bytes) {
  const cuts = [[bytes], Array.from(bytes, (byte) => Uint8Array.of(byte))];
  if (bytes.length > SHORT) return cuts;
  for (let at = 1; at < bytes.length; at++) cuts.push([bytes.slice(0, at), bytes.slice(at)]);
  return cuts;
}

/** A case: its name, the body as text or as bytes, and the messages as `type:data#last event ID`. */
function becomes(name, body, ...messages) {
  test(name, async () => {
    const cuts = cutsOf(bytesOf(body));
    const there = await scenario(cuts.map((parts) => stream(...parts)));
    const left = cuts.map((parts, index) => ({ parts, index }));
    async function feed() {
      for (let next = left.shift(); next; next = left.shift()) {
        const { log, source, until } = watch(`${there.url}?script=${next.index}`, { types: TYPES });
        await until("error");
        source.close();
        const how = `cut into ${next.parts.map(({ length }) => length).join(" + ")}`;
        equal(log, ["open", ...messages, "error 0"], how);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, feed));
  });
}

const bytes = (...parts) => Uint8Array.from(parts.flatMap((part) => [...bytesOf(part)]));
const raw = (...values) => Uint8Array.from(values);
const BOM = "\ufeff";

// Lines
becomes("LF", "data: x\n\n", "message:x");
becomes("CR", "data: x\r\r", "message:x");
becomes("CRLF", "data: x\r\n\r\n", "message:x");
becomes("ends of lines mixed", "data: 1\r\ndata: 2\rdata: 3\n\r\n", "message:1\n2\n3");
becomes("CR LF LF", "data:x\r\n\ndata\n", "message:x");
becomes("LF CR", "data:x\n\rdata:y\n\n", "message:x", "message:y");
becomes("LF CRLF", "data:x\n\r\n", "message:x");
becomes("CR CRLF", "data:x\r\r\n", "message:x");
becomes("CRLF CR", "data:x\r\n\rdata", "message:x");
becomes("events by CR only", "data:a\r\rdata:b\r\r", "message:a", "message:b");
becomes(
  "other ends of lines are data",
  "data:a\u2028\u0085\v\fb\n\n",
  "message:a\u2028\u0085\v\fb",
);
becomes("many blank lines", "\n\n\r\n\r\r\n\ndata:x\n\n\n\n", "message:x");
becomes("nothing but blank lines", "\n\n\r\n\r\n\r\r");
becomes("nothing", "");

// The byte order mark
becomes("a BOM", bytes(BOM, "data:x\n\n"), "message:x");
becomes("two BOMs", bytes(BOM, BOM, "data:x\n\ndata:y\n\n"), "message:y");
becomes("a BOM later", `data:${BOM}x\n\n${BOM}data:y\n\n`, `message:${BOM}x`);
becomes("a BOM alone", BOM);
becomes("a BOM before a comment", `${BOM}:c\ndata:x\n\n`, "message:x");
becomes("a BOM before LF", `${BOM}\ndata:x\n\n`, "message:x");
becomes("a BOM before CR", `${BOM}\rdata:x\n\n`, "message:x");
becomes("half a BOM", bytes(raw(0xef, 0xbb), "\ndata:x\n\n"), "message:x");

// UTF-8
becomes("two, three and four bytes", "data:é日😀\n\n", "message:é日😀");
becomes("NUL", "data:a\0b\n\n", "message:a\0b");
becomes("characters in names and types", "é: no\nevent: é\ndata: ü\n\n", "é:ü");
for (const [name, malformed, expected] of [
  ["a lone continuation byte", [0x80], "\ufffd"],
  ["bytes that are never valid", [0xc0, 0xff], "\ufffd\ufffd"],
  ["a sequence cut short", [0xe6, 0x97], "\ufffd"],
  ["four bytes cut short", [0xf0, 0x9f, 0x98], "\ufffd"],
  ["an overlong form", [0xe0, 0x80, 0x80], "\ufffd\ufffd\ufffd"],
  ["a surrogate", [0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"],
  ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
]) {
  becomes(`malformed: ${name}`, bytes("data:", raw(...malformed), "z\n\n"), `message:${expected}z`);
}
becomes(
  "malformed before the end of the line",
  bytes("data:", raw(0xe6), "\n\n"),
  "message:\ufffd",
);
becomes("malformed in a name", bytes("data", raw(0xff), ":no\ndata:x\n\n"), "message:x");
becomes("malformed in an id", bytes("id:", raw(0xff), "\ndata:x\n\n"), "message:x#\ufffd");

// Comments and fields
becomes("comments", ": c\n:\n:data: no\ndata: x\n: c\n\n", "message:x");
becomes("a comment is no blank line", "data: a\n:\ndata: b\n\n", "message:a\nb");
becomes("a comment alone", ": keep-alive\n\n");
becomes("no colon: the whole line is the name", "data\n\n", "message:");
becomes("no colon, an unknown name", "datax\n\n");
becomes("one space is dropped", "data: x\n\n", "message:x");
becomes("two are not", "data:  x\n\n", "message: x");
becomes("a tab is not", "data:\tx\n\n", "message:\tx");
becomes("no other space is", "data:\u00a0x\n\n", "message:\u00a0x");
becomes("nor is one at the end", "data: x \n\n", "message:x ");
becomes("a colon in the value", "data: a: b\ndata::c\n\n", "message:a: b\n:c");
becomes("Data", "Data: no\ndata: x\n\n", "message:x");
becomes("DATA", "DATA: no\nEVENT: a\nID: 1\ndata: x\n\n", "message:x");
becomes("space before the name", " data: no\ndata: x\n\n", "message:x");
becomes("space before the colon", "data : no\ndata: x\n\n", "message:x");
becomes("NUL in a name", "data\0: no\ndata: x\n\n", "message:x");
becomes("unknown fields", "datas: no\ndat: no\nx\ncomment: no\ndata: x\n\n", "message:x");
becomes("a name that objects have", "__proto__: no\nconstructor\ndata: x\n\n", "message:x");

// data
becomes("no data, no event", "event: a\nid: 1\n\n");
becomes("empty data", "data:\n\n", "message:");
becomes("empty data, a space", "data: \n\n", "message:");
becomes("twice empty data", "data\ndata\n\n", "message:\n");
becomes("three times", "data\ndata:\ndata: \n\n", "message:\n\n");
becomes("two lines", "data: a\ndata: b\n\n", "message:a\nb");
becomes("only the last LF is dropped", "data: a\ndata:\ndata\n\n", "message:a\n\n");
becomes("a first line that is empty", "data\ndata: a\n\n", "message:\na");
becomes("data over other fields", "data: a\nevent: a\nid: 1\ndata: b\n\n", "a:a\nb#1");

// event
becomes("a type", "event: a\ndata: x\n\n", "a:x");
becomes("a type after the data", "data: x\nevent: a\n\n", "a:x");
becomes("the last type counts", "event: a\nevent: b\ndata: x\n\n", "b:x");
becomes("an empty type", "event: a\nevent:\ndata: x\n\n", "message:x");
becomes("an empty type, no colon", "event: a\nevent\ndata: x\n\n", "message:x");
becomes("a type is for one event", "event: a\ndata: x\n\ndata: y\n\n", "a:x", "message:y");
becomes("a type without data is forgotten", "event: a\n\ndata: x\n\n", "message:x");
becomes("a type with spaces", "event: a b\ndata: x\n\n", "a b:x");
becomes("a type after two spaces", "event:  a\ndata: x\n\n", " a:x");
becomes("a type that objects have", "event: constructor\ndata: x\n\n", "constructor:x");
becomes("types are told apart by case", "event: Message\ndata: x\n\n", "Message:x");

// id
becomes("an id", "id: 1\ndata: x\n\n", "message:x#1");
becomes("an id after the data", "data: x\nid: 1\n\n", "message:x#1");
becomes("an id stays", "id: 1\ndata: x\n\ndata: y\n\n", "message:x#1", "message:y#1");
becomes("an id without data counts", "id: 1\n\ndata: x\n\n", "message:x#1");
becomes("the last id counts", "id: 1\nid: 2\ndata: x\n\n", "message:x#2");
becomes("an empty id resets it", "id: 1\ndata: x\n\nid:\ndata: y\n\n", "message:x#1", "message:y");
becomes("an empty id, no colon", "id: 1\ndata: x\n\nid\ndata: y\n\n", "message:x#1", "message:y");
becomes("an id with NUL is ignored", "id: 1\nid: 2\0\nid: \0\ndata: x\n\n", "message:x#1");
becomes("an id after two spaces", "id:  1\ndata: x\n\n", "message:x# 1");
becomes("an id beyond ASCII", "id: …日本😀\ndata: x\n\n", "message:x#…日本😀");

// No event shows what `retry` does. The section "reconnection" tests that.
becomes("retry", "retry: 5\ndata: x\nretry: bogus\nretry\n\n", "message:x");

// The end
becomes("an event without its blank line", "data: x\n\ndata: no\n", "message:x");
becomes("a line without its end", "data: x\n\ndata: no", "message:x");
becomes("a blank line without its end", "data: x\r\n\r", "message:x");
becomes("a CR at the end ends the event", "data:x\r\r", "message:x");
becomes("the end in a character", bytes("data:x\n\ndata:", raw(0xe6, 0x97)), "message:x");

// Long streams
becomes(
  "the standard's own: two lines",
  "data: YHOO\ndata: +2\ndata: 10\n\n",
  "message:YHOO\n+2\n10",
);
becomes(
  "the standard's own: comments and ids",
  ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
  ...["message:first event#1", "message:second event", "message: third event"],
);

test("a long line", async () => {
  const long = "0123456789".repeat(30_000);
  const { url } = await scenario([stream(`data: ${long}`, `${long}\n\n`)]);
  const { log, until } = watch(url);
  await until("error");
  equal(log[1] === `message:${long}${long}`, true);
});

test("many events in one piece, and none is lost or out of order", async () => {
  const count = 20_000;
  const { url } = await scenario([
    stream(Array.from({ length: count }, (_, i) => `id: ${i}\ndata: ${i}\n\n`).join("")),
  ]);
  const { log, until } = watch(url);
  await until("error");
  const expected = Array.from({ length: count }, (_, i) => `message:${i}#${i}`);
  equal(log.slice(1, -1).join() === expected.join(), true);
});

test("garbage between the events", async () => {
  // A linear congruential generator, which makes the same garbage every time.
  let seed = 1;
  const byte = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 24;
  };
  // Garbage cannot be a field, because it has none of the letters of the fields' names.
  const garbage = () =>
    Uint8Array.from({ length: 200 }, byte).filter((value) => value < 97 || value > 122);
  const parts = Array.from({ length: 50 }, (_, i) => [garbage(), bytesOf(`\n\ndata: ${i}\n\n`)]);
  const { url } = await scenario([stream(bytes(...parts.flat()))]);
  const { log, until } = watch(url);
  await until("error");
  equal(
    log.slice(1, -1),
    Array.from({ length: 50 }, (_, i) => `message:${i}`),
  );
});
