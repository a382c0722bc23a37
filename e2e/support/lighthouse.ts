/** Lighthouse, as it judges a page on a phone. */
import { chromium } from "@playwright/test";
import lighthouse, { type Result } from "lighthouse";
import { freePort } from "./town.ts";

export type Category = "accessibility" | "best-practices" | "seo" | "performance";

export interface Judged {
  /** Of 100. */
  scores: Record<string, number>;
  /** What cost points, in Lighthouse's words. */
  faults: string[];
  /** Times and sizes as Lighthouse prints them, when performance was judged. */
  measures: string[];
}

const MEASURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index", "total-byte-weight"];

/** Judges pages one after the other in a browser of their own. A slow phone and network are computed, not waited for. */
export async function judge(addresses: string[], categories: Category[]): Promise<Judged[]> {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`],
  });
  try {
    const judged: Judged[] = [];
    for (const address of addresses) {
      const run = await lighthouse(address, { port, onlyCategories: categories, formFactor: "mobile", throttlingMethod: categories.includes("performance") ? "simulate" : "provided", logLevel: "silent" });
      if (!run || run.lhr.runtimeError) throw new Error(`Lighthouse could not judge ${address}: ${run?.lhr.runtimeError?.message ?? "no answer"}`);
      judged.push(summary(run.lhr));
    }
    return judged;
  } finally {
    await browser.close();
  }
}

function summary(result: Result): Judged {
  const scores: Record<string, number> = {};
  const faults: string[] = [];
  for (const [name, category] of Object.entries(result.categories)) {
    scores[name] = Math.round((category.score ?? 0) * 100);
    for (const { id, weight } of category.auditRefs) {
      const audit = result.audits[id];
      if (!audit || weight === 0 || audit.score === null || audit.score >= 1) continue;
      const details = (audit.details as { items?: unknown[] } | undefined)?.items ?? [];
      faults.push(`${name}, ${id}: ${audit.title} ${audit.displayValue ?? ""}\n  ${JSON.stringify(details).slice(0, 2_000)}`);
    }
  }
  const measures = MEASURES.flatMap((id) => (result.audits[id]?.displayValue ? [`${result.audits[id].title} ${result.audits[id].displayValue}`] : []));
  return { scores, faults, measures };
}
