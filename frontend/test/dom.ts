// A window for code that expects one. Import this before anything that touches the document.
import { Window } from "happy-dom";

const window = new Window({ url: "https://news.example/stories/1/edit" });
const names = [
  "document",
  "DOMParser",
  "Node",
  "Element",
  "HTMLElement",
  "DocumentFragment",
  "MutationObserver",
  "getSelection",
];
Object.assign(globalThis, { window }, Object.fromEntries(names.map((name) => [name, Reflect.get(window, name)])));
for (const name of ["innerHeight", "innerWidth"]) Object.assign(globalThis, { [name]: 800 });
