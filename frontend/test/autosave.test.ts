import "./dom";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Autosave, type Conflict } from "../src/editor/draft/autosave";
import { Copies, fieldsOf, fillFields, sameFields } from "../src/editor/draft/copies";
import type { Notices } from "../src/editor/draft/notices";

/** What the site answers, in order, and what it was sent. */
let answers: (Response | Error)[] = [];
let sent: URLSearchParams[] = [];
let said: string[] = [];
let conflicts: Conflict[] = [];

beforeEach(() => {
  localStorage.clear();
  answers = [];
  sent = [];
  said = [];
  conflicts = [];
  globalThis.fetch = async (_address, init) => {
    sent.push(init?.body as URLSearchParams);
    const answer = answers.shift() ?? json(200, { version: 99, saved_at: "1:00 PM" });
    if (answer instanceof Error) throw answer;
    return answer;
  };
});

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });
const notices = {
  state: (state: string) => said.push(state),
  others: () => {},
  conflict: (conflict: Conflict) => conflicts.push(conflict),
} as unknown as Notices;

function form(): HTMLFormElement {
  document.body.innerHTML = `<form><input name="headline" value="Old"><textarea name="body">text</textarea>
    <input type="checkbox" name="comments" value="on" checked><input type="hidden" name="base" value="7"></form>`;
  return document.querySelector("form")!;
}

function autosave(of: HTMLFormElement): Autosave {
  return new Autosave(of, "/stories/1/draft", "1", () => ({ type: "doc" }), notices);
}

/** A change, saved at once instead of after a pause. */
async function changeAndSave(saver: Autosave): Promise<void> {
  saver.changed();
  await saver.save();
}

test("a save sends the form with its base and takes over the new version", async () => {
  const page = form();
  const saver = autosave(page);
  answers = [json(200, { version: 8, saved_at: "11:52 AM", others: [] })];
  await changeAndSave(saver);
  assert.equal(sent[0]!.get("base"), "7");
  assert.equal(sent[0]!.get("headline"), "Old");
  assert.equal(sent[0]!.get("do"), "save");
  assert.equal(new FormData(page).get("base"), "8");
  assert.deepEqual(said, ["unsaved", "saving", "saved"]);
  assert.deepEqual(saver.copies.all(), []);
  saver.stop();
});

test("nothing is sent when nothing changed, and two saves never run at once", async () => {
  const saver = autosave(form());
  await saver.save();
  assert.equal(sent.length, 0);
  saver.changed();
  await Promise.all([saver.save(), saver.save()]);
  assert.equal(sent.length, 1);
  saver.stop();
});

test("offline, words stay on this computer until they are saved", async () => {
  const saver = autosave(form());
  answers = [new TypeError("offline")];
  await changeAndSave(saver);
  assert.equal(said.at(-1), "offline");
  assert.equal(saver.copies.all()[0]!.fields.body![0], "text");
  await saver.save();
  assert.equal(said.at(-1), "saved");
  assert.deepEqual(saver.copies.all(), []);
  saver.stop();
});

test("another's version is not overwritten until the author says so", async () => {
  const page = form();
  const saver = autosave(page);
  answers = [json(409, { version: 9, by: "Ana", at: "11:53 AM", mine: "/m", compare: "/c" })];
  await changeAndSave(saver);
  assert.equal(conflicts[0]!.by, "Ana");
  await changeAndSave(saver);
  assert.equal(sent.length, 1);
  assert.equal(saver.copies.all().length, 1);
  saver.keepMine();
  await saver.settled();
  assert.equal(sent[1]!.get("base"), "9");
  assert.equal(said.at(-1), "saved");
  saver.stop();
});

test("a refusal is told and loses nothing", async () => {
  const saver = autosave(form());
  answers = [json(422, { error: "Invalid", fields: { headline: "Enter a headline." } })];
  await changeAndSave(saver);
  assert.equal(said.at(-1), "failed");
  assert.equal(saver.copies.all().length, 1);
  saver.stop();
});

test("copies of other openings are kept beside this one's", () => {
  const copies = new Copies("1");
  const copy = (session: string, at: number) => ({ session, base: "1", at, fields: {}, doc: { type: "doc" } });
  copies.keep(copy("a", 1));
  copies.keep(copy("b", 2));
  copies.keep(copy("b", 3));
  assert.deepEqual(
    copies.all().map((one) => [one.session, one.at]),
    [
      ["b", 3],
      ["a", 1],
    ],
  );
  copies.drop((one) => one.session === "b");
  assert.deepEqual(
    copies.all().map((one) => one.session),
    ["a"],
  );
  localStorage.setItem("story-draft:1", "not json");
  assert.deepEqual(copies.all(), []);
});

test("fields go into a copy and back into the form", () => {
  const page = form();
  const before = fieldsOf(page);
  assert.equal("base" in before, false);
  (page.elements.namedItem("headline") as HTMLInputElement).value = "New";
  (page.elements.namedItem("comments") as HTMLInputElement).checked = false;
  assert.equal(sameFields(before, fieldsOf(page)), false);
  fillFields(page, before);
  assert.equal(sameFields(before, fieldsOf(page)), true);
});

test("where the page asks which version shall stand, nothing is saved but a copy", async () => {
  const saver = autosave(form());
  saver.hold();
  await changeAndSave(saver);
  saver.keepCopy();
  assert.equal(sent.length, 0);
  assert.equal(saver.copies.all().length, 1);
  saver.stop();
});

test("a page that was given up saves nothing more", async () => {
  const saver = autosave(form());
  saver.changed();
  saver.stop();
  await saver.save();
  assert.equal(sent.length, 0);
});
