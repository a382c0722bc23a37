// A window for code that expects one. Import this before anything that touches the document.
import { Window } from "happy-dom";

const window = new Window({ url: "https://news.example/stories/1/edit" });
const names = [
  "document DOMParser Node NodeFilter Element HTMLElement Text DocumentFragment MutationObserver getSelection",
  "location localStorage FormData HTMLFormElement HTMLInputElement HTMLSelectElement HTMLTextAreaElement Event",
].flatMap((line) => line.split(" "));
Object.assign(globalThis, { window }, Object.fromEntries(names.map((name) => [name, Reflect.get(window, name)])));
Object.assign(globalThis, { innerHeight: 800, innerWidth: 800 });
