import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { NewPosts } from "../src/site/new_posts";
import { showUnread, UnreadCount } from "../src/site/unread_count";

window.customElements.define("new-posts", NewPosts);
window.customElements.define("unread-count", UnreadCount);

const count = (number: number) => `<unread-count id="unread" data-count="${number}"></unread-count>`;

test("the title of a window says how many notices are unread, and no more", () => {
  document.title = "The square · The Lantern";
  document.body.innerHTML = count(0);
  assert.equal(document.title, "The square · The Lantern");
  showUnread(
    `<turbo-stream><template>${count(3)}</template></turbo-stream>`.replace(/<\/?(turbo-stream|template)>/g, ""),
  );
  assert.equal(document.title, "(3) The square · The Lantern");
  showUnread(count(12));
  assert.equal(document.title, "(12) The square · The Lantern");
  showUnread("<p>nothing of ours</p>");
  assert.equal(document.title, "(12) The square · The Lantern");
  showUnread(count(0));
  assert.equal(document.title, "The square · The Lantern");
});

test("new posts are counted once, and not those that the page has", async () => {
  document.body.innerHTML = `<new-posts><a hidden></a><ul id="new-posts"></ul></new-posts><article id="note-7"></article><ul><li id="item-8"></li></ul>`;
  const link = document.querySelector("a") as HTMLAnchorElement;
  const came = async (id: string) => {
    const item = document.createElement("li");
    item.id = `new-${id}`;
    document.getElementById("new-posts")?.append(item);
    await new Promise((done) => setTimeout(done));
  };
  await came("7");
  await came("8");
  assert.equal(link.hidden, true);
  await came("9");
  assert.deepEqual([link.hidden, link.textContent], [false, "1 new post"]);
  await came("10");
  assert.equal(link.textContent, "2 new posts");
  await came("more");
  assert.equal(link.textContent, "New posts");
});
