// Loaded on pages with an <upload-tray>.
import { NoteFiles } from "./uploads/note_files";
import { UploadTray } from "./uploads/tray";

customElements.define("upload-tray", UploadTray);
customElements.define("note-files", NoteFiles);
