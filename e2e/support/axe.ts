import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What another width or theme can change. */
const LOOKS = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];

/** WCAG 2.2 A and AA by axe, on the page as it is now: all rules, or those about its looks alone. */
export async function noFaults(page: Page, rules: "all" | "looks" = "all"): Promise<void> {
  let faults = await found(page, rules);
  if (faults.length > 0) {
    // Colours that are on their way from one theme to the other are nobody's: what is wrong is wrong a moment later, too.
    await page.waitForTimeout(1_000);
    faults = await found(page, rules);
  }
  expect(faults, page.url()).toEqual([]);
}

async function found(page: Page, rules: "all" | "looks"): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === "all" ? axe.withTags(TAGS) : axe.withRules(LOOKS)).analyze();
  return violations.map((fault) => `${fault.id}: ${fault.help}\n  ${fault.nodes.map((node) => node.target.join(" ")).join("\n  ")}`);
}
