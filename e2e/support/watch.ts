/** Listens for what a reader does not see but should never happen: errors, refused content, dialogs. */
import { expect, type Page } from "@playwright/test";

export class Watch {
  readonly faults: string[] = [];

  /** To be called before the page's first navigation. */
  static async over(page: Page): Promise<Watch> {
    const watch = new Watch();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") watch.faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => watch.faults.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      watch.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    return watch;
  }

  /** Fails with everything heard since the last call. `allowed` are the faults that are meant to be. */
  nothing(about: string, allowed?: RegExp): void {
    const heard = this.faults.splice(0).filter((fault) => !allowed?.test(fault));
    expect(heard, about).toEqual([]);
  }
}

/** Nothing is wider than the window: no page scrolls sideways. */
export async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const over = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.right > width + 1 || box.left < -1 || element.scrollWidth > width;
    };
    const scrolls = (element: Element | null): boolean => !!element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    // The innermost ones are those that push the others.
    const inner = [...document.body.querySelectorAll("*")].filter((element) => over(element) && !scrolls(element.parentElement) && ![...element.children].some(over));
    return inner.map((element) => `${element.parentElement?.className} > ${element.tagName}.${element.className} ${element.scrollWidth}`).slice(0, 8);
  });
  expect(wide, `wider than the window: ${page.url()}`).toEqual([]);
}
