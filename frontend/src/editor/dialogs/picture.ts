// The dialog of a picture or recording: the file is on its way while the author describes it.
import { element } from "../../element";
import { Queue } from "../../uploads/queue";
import { Row } from "../../uploads/row";
import { familyOf, type Limits, type Taken } from "../../uploads/taken";
import type { Picture } from "../nodes/figure";
import { isRecording } from "../nodes/shown";
import { type Answer, type Field, open } from "./dialog";
import { chooseFrom, type Item } from "./library";

const DESCRIPTION: Field = {
  name: "alt",
  label: "Description",
  type: "textarea",
  hint: "What is to be seen, for people who cannot see it. Leave it empty only for decoration.",
};
const TITLE: Field = { name: "alt", label: "Title", hint: "What it is called where it is played." };
const REST: Field[] = [
  { name: "caption", label: "Caption", hint: "Shown under it." },
  { name: "credit", label: "Credit", hint: "Who made or owns it." },
];

const fields = (recording: boolean) => [recording ? TITLE : DESCRIPTION, ...REST];

/** Asks for the words of a picture or recording that the story already has. */
export async function describe(picture: Picture): Promise<Picture | null> {
  const recording = isRecording(picture.src);
  const filled = fields(recording).map((field) => ({ ...field, value: picture[field.name as keyof Picture] }));
  const title = recording ? "Describe this recording" : "Describe this picture";
  return words(picture.src, await open({ title, fields: filled, yes: "Keep" }).closed);
}

/** Takes a file from the library and asks for its words in this story, which begin with those it has there. */
export async function addFromLibrary(): Promise<Picture | null> {
  const item = await chooseFrom("all");
  if (!item) return null;
  const recording = item.kind !== "picture";
  const filled = fields(recording).map((field) => ({
    ...field,
    value: item[field.name as "alt" | "caption" | "credit"],
  }));
  const thing = recording ? "recording" : "picture";
  const [before, title, yes] = [shown(item), `Add a ${thing}`, `Add ${thing}`];
  return words(item.url, await open({ title, fields: filled, yes, before }).closed);
}

function shown({ small, name }: Item): HTMLElement {
  return small
    ? element("img", { src: small, alt: "", className: "dialog-picture" })
    : element("p", { className: "meta", dir: "auto" }, name);
}

/** A file on its way, and what hears of it. */
interface Sending {
  file: File;
  row: Row;
  taken?: Taken;
  heard: (taken: Taken) => void;
  gone: () => void;
}

const queue = new Queue();

/** Sends files in the background and asks for the words of one after the other; null for what the author thinks better of. */
export async function* addFiles(files: File[], limits: Limits): AsyncGenerator<Picture | null> {
  for (const sending of files.map((file) => send(file, limits))) yield await ask(sending);
}

function send(file: File, limits: Limits): Sending {
  const again = () => queue.add(() => sending.row.run());
  const row = new Row(file, limits, {
    taken: (taken) => {
      sending.taken = taken;
      sending.heard(taken);
    },
    said: () => {},
    changed: () => {},
    ready: again,
    gone: () => sending.gone(),
  });
  const sending: Sending = { file, row, heard: () => {}, gone: () => {} };
  again();
  return sending;
}

async function ask(sending: Sending): Promise<Picture | null> {
  const recording = /audio|video/.test(familyOf(sending.file) ?? "");
  const thing = recording ? "recording" : "picture";
  const rows = element("ul", { className: "upload-rows" }, sending.row.root);
  const before = element("div", { role: "status" }, rows);
  const asked = open({ title: `Add a ${thing}`, fields: fields(recording), yes: `Add ${thing}`, before });
  sending.heard = (taken) => {
    asked.yes.disabled = false;
    asked.offer({ alt: taken.alt || taken.title, caption: taken.caption, credit: taken.credit });
  };
  sending.gone = asked.close;
  asked.yes.disabled = true;
  if (sending.taken) sending.heard(sending.taken);
  const answer = await asked.closed;
  sending.gone = () => {};
  if (!sending.taken) sending.row.cancel();
  return sending.taken ? words(sending.taken.url, answer) : null;
}

function words(src: string, answer: Answer): Picture | null {
  if (answer?.do !== "yes") return null;
  // A bar parts caption and credit in the source.
  const line = (name: string) =>
    (answer.values[name] ?? "")
      .replace(/\s*\|\s*/g, " / ")
      .replace(/\s+/g, " ")
      .trim();
  return {
    src,
    alt: (answer.values.alt ?? "").replace(/\s+/g, " ").trim(),
    caption: line("caption"),
    credit: line("credit"),
  };
}
