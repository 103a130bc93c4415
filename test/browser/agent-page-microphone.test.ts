import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtPage, openPage } from "./agent-page/open-page.ts";
import { type StandIn, startStandIn } from "./agent-page/stand-in.ts";
import { openChromium } from "./support/chromium.ts";

describe("the agent's page without a microphone", () => {
  let browser: Browser;
  let server: StandIn;

  beforeAll(async () => {
    server = await startStandIn(await builtPage());
    browser = await openChromium("window", "denied");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("takes no calls and says what to do, until the microphone is allowed", async () => {
    const { page, complaints } = await openPage(browser, server.url);
    const status = page.getByRole("status");
    await page.getByRole("alert").filter({ hasText: "Your browser blocks the microphone" }).waitFor();
    await expect.poll(() => status.textContent()).toBe("Microphone needed");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("alert").filter({ hasText: "allow the microphone" }).waitFor();
    const told = server.asked.filter(({ request }) => request === "ready");
    expect(told.every(({ body }) => !(body as { ready: boolean }).ready)).toBe(true);

    await page.context().grantPermissions(["microphone"]);
    await expect.poll(() => status.textContent()).toBe("Ready");
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
