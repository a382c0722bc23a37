// The link dialog: an address, and the words when none are selected.
import type { Editor } from "@tiptap/core";
import { open } from "./dialog";

export async function editLink(editor: Editor): Promise<void> {
  const current = editor.getAttributes("link").href as string | undefined;
  if (current) editor.chain().extendMarkRange("link").run();
  const { from, to, empty } = editor.state.selection;
  const words = editor.state.doc.textBetween(from, to, " ");
  const address = {
    name: "href",
    label: "Address",
    value: current ?? guess(words),
    hint: "A web address, an email address, or a page of this site that begins with /.",
    check,
  };
  const fields = empty
    ? [address, { name: "text", label: "Words that are linked", hint: "Without any, the address itself is shown." }]
    : [address];
  const answer = await open({
    title: current ? "Change link" : "Add a link",
    fields,
    yes: current ? "Change" : "Add link",
    other: current ? "Remove link" : undefined,
  }).closed;
  editor.commands.focus();
  if (answer?.do === "other") editor.chain().focus().extendMarkRange("link").unsetLink().run();
  if (answer?.do !== "yes") return;
  const href = complete(answer.values.href!);
  if (!empty) editor.chain().focus().setTextSelection({ from, to }).setLink({ href }).setTextSelection(to).run();
  else
    editor
      .chain()
      .focus()
      .insertContentAt(from, {
        type: "text",
        text: answer.values.text || href,
        marks: [{ type: "link", attrs: { href } }],
      })
      .unsetMark("link")
      .run();
}

function guess(words: string): string {
  return /^(https?:\/\/|www\.)\S+$/i.test(words.trim()) ? words.trim() : "";
}

function check(value: string): string | undefined {
  if (value === "") return "Enter an address.";
  const href = complete(value);
  if (/^(https?|mailto):/i.test(href) ? URL.canParse(href) : /^[/#][^/]?/.test(href) && !/\s/.test(href))
    return undefined;
  return "This does not look like an address. Example: https://example.org/page";
}

/** What people leave out of an address. */
export function complete(value: string): string {
  const text = value.trim();
  if (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return `https://${text}`;
}
