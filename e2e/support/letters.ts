/** The folder where letters lie when there is no mail server. */
import { expect } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Town } from "./town.ts";

/** The text of the newest letter to somebody whose subject says this. Waits until it is there. */
export async function letterTo(town: Town, email: string, subject: string): Promise<string> {
  let found = "";
  await expect(async () => {
    const folder = join(town.folder, "mail");
    // Long lines are folded in letters (RFC 2045 §6.7).
    const letters = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "").replaceAll("=3D", "="));
    found = letters.filter((text) => new RegExp(`^To: .*${email}`, "m").test(text) && text.includes(subject)).at(-1) ?? "";
    expect(found).not.toBe("");
  }).toPass({ timeout: 60_000 });
  return found;
}
