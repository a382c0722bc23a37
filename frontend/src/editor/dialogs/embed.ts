// The dialog for a card: an address on a line of its own.
import type { Editor } from "@tiptap/core";
import { isEmbedAddress } from "../nodes/embed";
import { open } from "./dialog";

export async function addEmbed(editor: Editor): Promise<void> {
  const answer = await open({
    title: "Add a card",
    fields: [
      {
        name: "url",
        label: "Address of an album of this site, or of a video, recording, post or map",
        hint: "Readers get a link with the provider's name. Nothing is loaded from there before they follow it.",
        check: (value) =>
          isEmbedAddress(value) ? undefined : "Enter a whole address. Example: https://vimeo.com/12345",
      },
    ],
    yes: "Add card",
  }).closed;
  if (answer?.do === "yes")
    editor
      .chain()
      .focus()
      .insertContent({ type: "embed", attrs: { url: answer.values.url } })
      .run();
  else editor.commands.focus();
}
