import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** WCAG 2.2 A and AA by axe, on the page as it is now. */
export async function noFaults(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const faults = found.violations.map((fault) => `${fault.id}: ${fault.help}\n  ${fault.nodes.map((node) => node.target.join(" ")).join("\n  ")}`);
  if (process.env.SOFT && faults.length) return console.log("AXE", page.url(), faults.join("\n"));
  expect(faults, page.url()).toEqual([]);
}
