import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TransferMoment, transferView } from "../agent-page/transfer-views.ts";
import { colleague, longMoments, moments } from "../agent-page/views.ts";
import { builtPage, openPage } from "./agent-page/open-page.ts";
import { type StandIn, startStandIn } from "./agent-page/stand-in.ts";
import { openChromium } from "./support/chromium.ts";

const PHASES: TransferMoment[] = [
  { mode: "three-way", phase: "ringing" },
  { mode: "three-way", phase: "together" },
  { mode: "three-way", phase: "together", role: "target" },
  { mode: "consult", phase: "ringing" },
  { mode: "consult", phase: "consulting" },
  { mode: "consult", phase: "consulting", isSwapped: true },
  { mode: "consult", phase: "consulting", role: "target" },
  { mode: "consult", phase: "together" },
];

describe.each(["en-GB", "ja-JP"])("a window of 360 × 640, %s", (locale) => {
  let browser: Browser;
  let server: StandIn;
  let page: Page;

  /** Buttons of the panel that are not wholly in sight, without scrolling. */
  const outOfSight = (): Promise<string[]> =>
    page.locator(".panel:not([hidden]) button").evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility())
        .filter((button) => {
          const { top, left, bottom, right } = button.getBoundingClientRect();
          return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
        })
        .map((button) => button.textContent),
    );
  const shows = (name: string) => page.locator(`[data-button=${name}]`).waitFor();

  beforeAll(async () => {
    server = await startStandIn(await builtPage());
    browser = await openChromium("page", "granted");
    const viewport = { width: 360, height: 640 };
    ({ page } = await openPage(browser, server.url, { locale, viewport, reducedMotion: "reduce" }));
    await page.locator("#status[data-tone=good]").waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("shows Answer and Decline, also under the longest address", async () => {
    server.show(moments.offered);
    server.line.ring();
    await page.locator("#answer:not([aria-disabled])").waitFor();
    expect(await outOfSight()).toEqual([]);
    server.show(longMoments.ringing);
    await page.locator("#incoming-heading").filter({ hasText: "sip:" }).waitFor();
    expect(await outOfSight()).toEqual([]);
  });

  it("shows every button of each phase", async () => {
    await page.locator("#answer").click();
    server.show(moments.alone);
    await shows("end");
    expect(await outOfSight(), "alone").toEqual([]);
    for (const moment of PHASES) {
      const shown = transferView(moment);
      server.show(shown);
      await page.locator("#people li").nth(2).waitFor();
      await expect.poll(outOfSight, { message: JSON.stringify(moment) }).toEqual([]);
    }
  });

  it("shows them also with the longest names, and below a notice", async () => {
    for (const shown of [longMoments.joined, longMoments.talking, moments.declined]) {
      server.show(shown);
      await shows("mute");
      await expect.poll(outOfSight).toEqual([]);
    }
  });

  it("shows the three ways to transfer, and the keypad", async () => {
    const others = ["3", "4"].map((n) => colleague("free", `agent${n}`, `Agent ${n}`));
    server.show({ ...moments.alone, colleagues: [colleague("free"), ...others] });
    await page.locator("[data-button=transfer]:not([aria-disabled])").click();
    await page.locator("#modes button").nth(2).waitFor();
    await expect.poll(outOfSight).toEqual([]);
    await page.locator("#chooser-back").click();
    await page.locator("[data-button=keypad]").click();
    await page.locator("#keypad-keys button").nth(11).waitFor();
    await expect.poll(outOfSight).toEqual([]);
  });
});
