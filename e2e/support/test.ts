/** Playwright's own `test`, in a browser that goes on drawing all its windows. */
import { test as bare, type BrowserContext, type Page } from "@playwright/test";
import { setTimeout as pause } from "node:timers/promises";

export * from "@playwright/test";

const EVERY = 3_000;
const PATIENCE = 2_000;

/** The file whose walks were walked last in this worker, and what they left open. */
let last: { file: string; open: BrowserContext[] } = { file: "", open: [] };

/**
 * On a busy machine Chromium now and then draws a window no more that it takes for covered. Whatever waits there for the next frame, as
 * every click does, then waits for ever. Such a window is found by asking for a frame, and drawn by taking its picture.
 */
export const test = bare.extend<{ alone: undefined }, { drawn: undefined }>({
  // Windows that the walks of another file left open would call on its town for ever, which is gone.
  alone: [
    async ({ browser }, use, { file }) => {
      if (last.file !== file) await Promise.all(last.open.map((context) => context.close().catch(() => {})));
      await use(undefined);
      last = { file, open: browser.contexts() };
    },
    { auto: true },
  ],
  drawn: [
    async ({ browser }, use) => {
      const over = new AbortController();
      const watch = async () => {
        while (!over.signal.aborted) {
          await pause(EVERY, undefined, { signal: over.signal, ref: false }).catch(() => {});
          const pages = browser.contexts().flatMap((context) => context.pages());
          await Promise.all(pages.map((page) => within(PATIENCE * 4, draw(page))));
        }
      };
      const watching = watch();
      await use(undefined);
      over.abort();
      await watching;
    },
    { scope: "worker", auto: true },
  ],
});

async function draw(page: Page): Promise<void> {
  const late = page.evaluate(
    (ms) => new Promise<boolean>((found) => {
      requestAnimationFrame(() => found(false));
      setTimeout(() => found(true), ms);
    }),
    PATIENCE,
  );
  // Of a page that goes away meanwhile nothing is wanted; one without scripts never answers.
  if (!(await within(PATIENCE * 2, late))) return;
  const window = await page.context().newCDPSession(page);
  await window.send("Page.bringToFront");
  await window.send("Page.captureScreenshot", { format: "jpeg", quality: 1 });
  await window.detach();
}

/** What something comes to in time; nothing where it fails or takes longer. */
async function within<T>(ms: number, something: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const late = pause(ms, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
  const ended = await Promise.race([something.catch(() => undefined), late]);
  over.abort();
  return ended;
}
