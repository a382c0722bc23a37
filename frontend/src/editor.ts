// Loaded on the write page only.
import { StoryEditor } from "./editor/story_editor";

customElements.define("story-editor", StoryEditor);
