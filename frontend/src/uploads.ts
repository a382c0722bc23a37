// Loaded on pages with an <upload-tray>.
import { UploadTray } from "./uploads/tray";

customElements.define("upload-tray", UploadTray);
