/** What comes to an open page by its stream. */
import { expect, type Page } from "@playwright/test";

/** Opens a page whose stream is open: what happens from now on reaches it. */
export async function listening(page: Page, address: string): Promise<void> {
  const stream = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/live");
  await page.goto(address);
  expect((await stream).status()).toBe(200);
}

/** Keeps everything that streams say to a page from now on (CDP, domain Network). */
export async function overheard(page: Page): Promise<string[]> {
  const said: string[] = [];
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.eventSourceMessageReceived", (event) => said.push(event.data));
  return said;
}
