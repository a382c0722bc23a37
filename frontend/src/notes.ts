// Loaded on pages where notes are written.
import { NoteComposer } from "./notes/composer";

customElements.define("note-composer", NoteComposer);
