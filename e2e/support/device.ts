/** A device that keeps passkeys. */
import type { Page } from "@playwright/test";

/** Gives the page one that unlocks at once (CDP, domain WebAuthn). */
export async function device(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}
