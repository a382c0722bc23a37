// <live-stream data-query>: hears what is new while the page is open, and has Turbo draw it. Windows that nobody looks at share one
// stream: browsers open six connections to a site that speaks HTTP/1.1, and the seventh window would wait for ever.
import { renderStreamMessage } from "@hotwired/turbo";
import { showUnread } from "./unread_count";

/** The name under which windows agree on who listens, and how they tell each other of it. */
const SHARED = "ocotillo-live";
/** A window that is hidden for a moment only goes on listening. */
const PATIENCE_MS = 5_000;
/** Posts whose counts one page is told, as `doors::live` has it: a long conversation is watched from its beginning. */
const MOST_POSTS = 60;
/** What comes into a page is watched a moment later: much may come at once. */
const SETTLED_MS = 300;
/** After a refusal, for which a browser does not come back by itself. */
const AGAIN_MS = 60_000;

export class LiveStream extends HTMLElement {
  #source?: EventSource;
  #last = "";
  #listening?: AbortController;
  #hiding?: ReturnType<typeof setTimeout>;
  #settling?: ReturnType<typeof setTimeout>;
  /** The posts that it asked for. */
  #watched = "";

  connectedCallback(): void {
    // A page that Turbo shows from its memory is about to be replaced.
    if (document.documentElement.hasAttribute("data-turbo-preview")) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#last = new URLSearchParams(this.dataset.query).get("after") ?? "";
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    // A page that is kept for the way back holds no connection.
    addEventListener("pagehide", () => this.#close(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#look(), { signal });
    document.addEventListener("turbo:before-stream-render", () => this.#settle(), { signal });
    const others = new BroadcastChannel(SHARED);
    others.onmessage = (event) => showUnread(String(event.data));
    signal.addEventListener("abort", () => others.close());
    this.#look();
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
    clearTimeout(this.#settling);
    this.#close();
  }

  #look(): void {
    clearTimeout(this.#hiding);
    if (document.hidden) this.#hiding = setTimeout(() => this.#hide(), PATIENCE_MS);
    else if (!this.#source) this.#open(this.#query());
  }

  /** A comment that came into the open page is watched like those that were there. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.isConnected || !this.#source || document.hidden) return;
      const query = this.#query();
      if (query.get("posts") === this.#watched) return;
      this.#close();
      this.#open(query);
    }, SETTLED_MS);
  }

  /** What this page shows, comments among it, and the last it heard. */
  #query(): URLSearchParams {
    const query = new URLSearchParams(this.dataset.query);
    const shown = document.querySelectorAll("article.post[id^=note-], article.comment[id^=comment-]:not(.gone)");
    const posts = new Set<string>(query.get("posts")?.split(",").filter(Boolean));
    for (const post of shown) posts.add(post.id.replace(/^\D+/, ""));
    if (posts.size) query.set("posts", [...posts].slice(0, MOST_POSTS).join(","));
    if (this.#last) query.set("after", this.#last);
    return query;
  }

  /** Hidden, one window listens for all of them, for the number in their titles. */
  #hide(): void {
    this.#close();
    const { signal } = this.#listening ?? {};
    if (!("locks" in navigator) || !document.querySelector("unread-count") || signal?.aborted) return;
    const shown = new AbortController();
    document.addEventListener("visibilitychange", () => shown.abort(), { once: true, signal });
    signal?.addEventListener("abort", () => shown.abort());
    navigator.locks
      .request(SHARED, { signal: shown.signal }, async () => {
        if (document.hidden) this.#open(new URLSearchParams());
        await new Promise((done) => shown.signal.addEventListener("abort", done));
        this.#close();
      })
      .catch(() => {
        // It was shown before its turn came.
      })
      .finally(() => this.isConnected && this.#look());
  }

  #open(query: URLSearchParams): void {
    this.#watched = query.get("posts") ?? "";
    const source = new EventSource(`/live?${query}`);
    this.#source = source;
    source.onmessage = (event) => {
      if (event.lastEventId) this.#last = event.lastEventId;
      renderStreamMessage(event.data);
      // Turbo draws in the next frame, which hidden windows do not have.
      if (event.data.includes("<unread-count")) showAndTell(event.data);
    };
    source.addEventListener("behind", () => this.#behind());
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || source !== this.#source) return;
      this.#source = undefined;
      setTimeout(() => this.isConnected && this.#look(), AGAIN_MS);
    };
  }

  /** Something was missed that nobody knows any more: there may be more above. */
  #behind(): void {
    this.#last = "";
    const list = document.getElementById("new-posts");
    if (list && !document.getElementById("new-more")) {
      const more = document.createElement("li");
      more.id = "new-more";
      list.append(more);
    }
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}

/** Shows another number in the bell here, and in the other windows. */
function showAndTell(stream: string): void {
  const html = /<unread-count.*<\/unread-count>/s.exec(stream)?.[0] ?? "";
  showUnread(html);
  const channel = new BroadcastChannel(SHARED);
  channel.postMessage(html);
  channel.close();
}
