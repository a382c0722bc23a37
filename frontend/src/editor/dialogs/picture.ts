// The picture dialog: the file is on its way while the author describes it.
import { element } from "../../element";
import type { Picture } from "../nodes/figure";
import { type Sent, send } from "../upload";
import { type Answer, type Field, open } from "./dialog";

const FIELDS: Field[] = [
  {
    name: "alt",
    label: "Description",
    type: "textarea",
    hint: "What is to be seen, for people who cannot see it. Leave it empty only for decoration.",
  },
  { name: "caption", label: "Caption", hint: "Shown under the picture." },
  { name: "credit", label: "Credit", hint: "Who took or owns it." },
];

/** Asks for the words of a picture that the story already has. */
export async function describe(picture: Picture): Promise<Picture | null> {
  const fields = FIELDS.map((field) => ({ ...field, value: picture[field.name as keyof Picture] }));
  return words(picture.src, await open({ title: "Describe this picture", fields, yes: "Keep" }).closed);
}

/** Sends a file and asks for its words; null when the author thinks better of it. */
export async function addPicture(file: File, address: string): Promise<Picture | null> {
  const progress = element("p", { className: "upload-progress", role: "status" });
  const retry = element("button", { type: "button", className: "button small", hidden: true }, "Retry");
  const before = element("div", { className: "upload" }, preview(file), progress, retry);
  const { yes, closed } = open({ title: "Add a picture", fields: FIELDS, yes: "Add picture", before });
  const abort = new AbortController();
  let sent: Sent | undefined;
  const attempt = async () => {
    retry.hidden = true;
    yes.disabled = true;
    try {
      sent = await send(file, address, abort.signal, (percent) => {
        progress.textContent = percent < 100 ? `Sending ${file.name}: ${percent} %` : "Preparing the picture…";
      });
      progress.textContent = `${file.name} is here.`;
      yes.disabled = false;
    } catch (error) {
      progress.textContent = (error as Error).message;
      retry.hidden = false;
    }
  };
  retry.addEventListener("click", attempt);
  attempt();
  const answer = await closed;
  abort.abort();
  return sent ? words(sent.url, answer) : null;
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

function preview(file: File): HTMLElement {
  return element(
    "p",
    { className: "meta" },
    `${file.name}, ${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en")} KB`,
  );
}
