import "./dom";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { check, Refused, type Taken } from "../src/uploads/taken";
import { Transfer } from "../src/uploads/transfer";

/** What the site answers, in order: a status, headers, a body; or nothing at all. */
type Answer = { status: number; head?: Record<string, string>; body?: unknown } | "cut";
let answers: Answer[] = [];
let asked: string[] = [];
const TAKEN = { key: "k-640", kind: "picture" } as Taken;

function answer(what: string): Exclude<Answer, "cut"> | null {
  asked.push(what);
  const next = answers.shift();
  assert.ok(next, `nobody expected ${what}`);
  return next === "cut" ? null : next;
}

globalThis.fetch = async (address, init) => {
  const said = answer(`${init?.method ?? "GET"} ${address}`);
  if (!said) throw new TypeError("Failed to fetch");
  return new Response(JSON.stringify(said.body ?? {}), { status: said.status, headers: said.head });
};

// The window's own: its events are no events to others.
const { EventTarget: Target } = (globalThis as unknown as { window: { EventTarget: typeof EventTarget } }).window;

class Request extends Target {
  upload = new Target();
  status = 0;
  response: unknown = null;
  #head: Record<string, string> = {};
  #sent: Record<string, string> = {};
  open() {}
  abort() {}
  setRequestHeader(name: string, value: string) {
    this.#sent[name] = value;
  }
  getResponseHeader(name: string) {
    return this.#head[name] ?? null;
  }
  send(body: Blob) {
    const said = answer(`PATCH from ${this.#sent["Upload-Offset"]} ${body.size} bytes`);
    this.status = said?.status ?? 0;
    this.response = said?.body ?? null;
    this.#head = said?.head ?? {};
    queueMicrotask(() => {
      this.upload.dispatchEvent(new Event("load"));
      this.dispatchEvent(new Event(said ? "load" : "error"));
      this.dispatchEvent(new Event("loadend"));
    });
  }
}
Object.assign(globalThis, {
  navigator: { onLine: true },
  XMLHttpRequest: Request,
  addEventListener: () => {},
  removeEventListener: () => {},
});

beforeEach(() => {
  answers = [];
  asked = [];
});

const begun: Answer = { status: 201, body: { url: "/uploads/1", chunk: 4 } };
const arrived = (offset: number, complete = "?0", body: unknown = {}): Answer => ({
  status: 200,
  head: { "Upload-Offset": String(offset), "Upload-Complete": complete },
  body,
});

/** Sends ten bytes to a site that answers so; waits for nothing. */
async function sent(...all: Answer[]): Promise<{ taken: Taken; states: string[] }> {
  answers = all;
  const states: string[] = [];
  const transfer = new Transfer(new File(["0123456789"], "a.png", { type: "image/png" }), (state) => {
    if (states.at(-1) !== state) states.push(state);
    if (state === "lost" || state === "busy") queueMicrotask(() => queueMicrotask(() => transfer.wake()));
  });
  return { taken: await transfer.run(new AbortController().signal), states };
}

test("a file goes in parts", async () => {
  const part = (offset: number): Answer => ({ status: 204, head: { "Upload-Offset": String(offset) } });
  const { taken, states } = await sent(begun, part(4), part(8), { status: 200, body: TAKEN });
  assert.deepEqual(taken, TAKEN);
  assert.deepEqual(asked, ["POST /uploads", "PATCH from 0 4 bytes", "PATCH from 4 4 bytes", "PATCH from 8 2 bytes"]);
  assert.deepEqual(states, ["sending", "preparing"]);
});

test("after a cut it goes on where the site stands", async () => {
  const { states } = await sent(
    begun,
    "cut",
    "cut",
    arrived(3),
    { status: 204, head: { "Upload-Offset": "7" } },
    { status: 200, body: TAKEN },
  );
  assert.deepEqual(asked.slice(1), [
    "PATCH from 0 4 bytes",
    "GET /uploads/1",
    "GET /uploads/1",
    "PATCH from 3 4 bytes",
    "PATCH from 7 3 bytes",
  ]);
  assert.deepEqual(states, ["sending", "lost", "resumed", "sending", "preparing"]);
});

test("an answer that was lost is asked for again, and nothing is sent twice", async () => {
  const part = (offset: number): Answer => ({ status: 204, head: { "Upload-Offset": String(offset) } });
  const { taken } = await sent(begun, part(4), part(8), "cut", arrived(10, "?1", TAKEN));
  assert.deepEqual(taken, TAKEN);
});

test("all has arrived, but the site was interrupted while it worked: it is asked to go on", async () => {
  const part = (offset: number): Answer => ({ status: 204, head: { "Upload-Offset": String(offset) } });
  await sent(begun, part(4), part(8), { status: 503 }, arrived(10), { status: 200, body: TAKEN });
  assert.equal(asked.at(-1), "PATCH from 10 0 bytes");
});

test("a site that wants to be given time gets it; one that forgot the upload gets it anew, but not for ever", async () => {
  const wait: Answer = { status: 429, head: { "Retry-After": "600" } };
  await sent(
    ...Array(9).fill(wait),
    begun,
    { status: 404 },
    begun,
    { status: 409, head: { "Upload-Offset": "8" } },
    { status: 200, body: TAKEN },
  );
  assert.deepEqual(asked.at(-1), "PATCH from 8 2 bytes");
  await assert.rejects(sent(begun, { status: 410 }, begun, { status: 410 }), /lost this upload/);
});

test("what the site refuses is told in its words", async () => {
  const field = { error: "x", fields: { file: "This picture is damaged." } };
  await assert.rejects(sent(begun, { status: 422, body: field }), new Refused("This picture is damaged."));
  await assert.rejects(sent({ status: 413, body: { error: "Too large for us." } }), new Refused("Too large for us."));
  await assert.rejects(sent({ status: 401 }), /Sign in again in another window/);
});

test("what cannot be taken is refused before it is sent", () => {
  const limits = { picture: 10_000_000, audio: 20_000_000 };
  const file = (name: string, type: string, size = 1) =>
    Object.defineProperty(new File([], name, { type }), "size", { value: size });
  for (const good of [file("a.jpg", "image/jpeg"), file("b.HEIC", ""), file("c.opus", "")]) check(good, limits);
  const words = "Upload pictures as JPEG, PNG, GIF, WebP or AVIF and audio as MP3, Ogg or M4A.";
  for (const bad of [file("a.svg", "image/svg+xml"), file("a.mp4", "video/mp4"), file("a.exe", "")])
    assert.throws(() => check(bad, limits), new Refused(words));
  assert.throws(
    () => check(file("a.png", "image/png", 10_000_001), limits),
    /This file is 11 MB, and pictures may be at most 10 MB/,
  );
  assert.throws(() => check(file("a.png", "image/png", 0), limits), /empty/);
});
