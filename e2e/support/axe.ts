import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What another width or theme can change. */
const LOOKS = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];

/** WCAG 2.2 A and AA by axe, on the page as it is now: all rules, or those about its looks alone. */
export async function noFaults(page: Page, rules: "all" | "looks" = "all"): Promise<void> {
  const axe = new AxeBuilder({ page });
  const found = await (rules === "all" ? axe.withTags(TAGS) : axe.withRules(LOOKS)).analyze();
  const faults = found.violations.map((fault) => `${fault.id}: ${fault.help}\n  ${fault.nodes.map((node) => node.target.join(" ")).join("\n  ")}`);
  expect(faults, page.url()).toEqual([]);
}
