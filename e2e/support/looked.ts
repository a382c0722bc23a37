/** A page as people see it: both widths, light and dark. */
import type { Page } from "@playwright/test";
import { noFaults } from "./axe.ts";
import { fits } from "./watch.ts";

/**
 * Waits until colours on their way from one theme to the other have arrived: those between are nobody's. A window that a busy machine
 * does not draw just now is made to, by taking its picture.
 */
export async function settled(page: Page): Promise<void> {
  const arrived = () => {
    const moved = new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      .then(() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished)))
      .then(() => true);
    return Promise.race([moved, new Promise<boolean>((late) => setTimeout(() => late(false), 3_000))]);
  };
  for (let tries = 0; tries < 10 && !(await page.evaluate(arrived)); tries++) {
    await page.bringToFront();
    await page.screenshot();
  }
}

/** Nothing is wrong in any of them, and a picture of each is kept. */
export async function looked(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await settled(page);
      await fits(page);
      await noFaults(page, width === 1280 && colorScheme === "light" ? "all" : "looks");
      await page.screenshot({ path: `results/shots/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}
