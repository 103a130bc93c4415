import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transferView } from "../agent-page/transfer-views.ts";
import { longMoments, moments } from "../agent-page/views.ts";
import { builtPage, openPage } from "./agent-page/open-page.ts";
import { type StandIn, startStandIn } from "./agent-page/stand-in.ts";
import { openChromium } from "./support/chromium.ts";

/** What axe finds on the page as it is now: the rule and the place. */
async function findings(page: Page): Promise<string[]> {
  const { violations, incomplete } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations", "incomplete"] }),
  );
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}

const looks = [
  { locale: "en-GB", colorScheme: "light", width: 460 },
  { locale: "en-GB", colorScheme: "dark", width: 320 },
  { locale: "ja-JP", colorScheme: "light", width: 320 },
  { locale: "ja-JP", colorScheme: "dark", width: 1100 },
] as const;

describe.each(looks)("axe-core, $locale, $colorScheme, $width pixels wide", (look) => {
  const { width, ...options } = look;
  let browser: Browser;
  let server: StandIn;
  let page: Page;

  const answer = () => page.locator("#answer");
  const check = async (state: string): Promise<void> => {
    expect(await findings(page), state).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${state}: wider than the window`).toBeLessThanOrEqual(0);
  };

  beforeAll(async () => {
    server = await startStandIn(await builtPage());
    browser = await openChromium("page", "granted");
    const viewport = { width, height: 760 };
    ({ page } = await openPage(browser, server.url, { ...options, viewport, reducedMotion: "reduce" }));
    await page.evaluate(axe.source);
    await page.locator("#status[data-tone=good]").waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("finds nothing while ready, and while not", async () => {
    await check("ready");
    await page.locator("#takes-calls").click();
    await check("not ready");
    await page.locator("#takes-calls").click();
    await page.locator("#status[data-tone=good]").waitFor();
  });

  it("finds nothing while it rings, for a new call and for a transfer", async () => {
    server.show(moments.offered);
    await answer().waitFor();
    await check("before the sound is there");
    server.show(moments.ringing);
    server.line.ring();
    await expect.poll(() => answer().isEnabled()).toBe(true);
    await check("ringing");
  });

  it("finds nothing at any moment of a call", async () => {
    await answer().click();
    for (const moment of ["talking", "transferring", "joined", "declined"] as const) {
      server.show(moments[moment]);
      await expect.poll(() => page.locator("#people li").count()).toBe(moments[moment].call?.legs.length);
      await check(moment);
    }
    server.show(moments.apart({ onHold: true, muted: true }, { muted: true }));
    await page.locator("#calm-notices .notice").waitFor();
    await check("on hold, and muted by an operator");
    await page.locator("[data-button=mute]").click();
    await check("muted");
  });

  it("finds nothing in a consultation, for the starter and for the target", async () => {
    for (const role of ["starter", "target"] as const)
      for (const phase of ["ringing", "consulting", "together"] as const) {
        if (role === "target" && phase === "ringing") continue;
        server.show(transferView({ mode: "consult", phase, role }));
        await page.locator("#people li").nth(2).waitFor();
        await check(`${role} ${phase}`);
      }
  });

  it("finds nothing while a colleague is chosen, on the keypad, and in the dialogs", async () => {
    server.show(moments.alone);
    await page.locator("[data-button=transfer]:not([aria-disabled])").click();
    await page.locator("#modes button").nth(2).waitFor();
    await check("choosing");
    await page.locator("#chooser-back").click();
    await page.locator("[data-button=keypad]").click();
    await page.locator("#keypad-keys button").nth(11).waitFor();
    await check("keypad");
    await page.locator("#keypad-back").click();
    for (const opener of ["#sound", "#keys-help"]) {
      await page.locator(opener).click();
      await page.locator("dialog[open]").waitFor();
      await check(opener);
      await page.locator("dialog[open] .primary").click();
    }
  });

  it("finds nothing wider than the window in a call with long names and a long address", async () => {
    for (const moment of ["talking", "joined", "declined"] as const) {
      const { call } = longMoments[moment];
      server.show(longMoments[moment]);
      await page
        .locator("#call-heading")
        .filter({ hasText: call?.customerNumber ?? "" })
        .waitFor();
      await expect.poll(() => page.locator("#people li").count()).toBe(call?.legs.length);
      await check(`${moment}, long`);
    }
    server.show(moments.talking);
    await page.locator("#call-heading").filter({ hasText: "+1 555" }).waitFor();
  });

  it("finds nothing after the call, and with a call in another window", async () => {
    server.line.hangUp();
    server.show(moments.without("completed"));
    await page.locator("#calm-notices .notice").waitFor();
    await check("handed over");
    server.show(moments.over);
    await page.locator("#status[data-tone=good]").waitFor();
    await check("over");
    server.show({ ...moments.talking, label: "agent1-2" });
    await page.locator("#call").waitFor();
    await check("elsewhere");
    for (const moment of ["ringing", "offered"] as const) {
      server.show(longMoments[moment]);
      await page.locator("#incoming-heading").filter({ hasText: "sip:" }).waitFor();
      await check(`${moment}, long`);
    }
    server.show(longMoments.missed);
    await page.locator("#missed").filter({ hasText: "sip:" }).waitFor();
    await check("missed, long");
    server.show(moments.free);
  });

  it("finds nothing while the connection is lost, and when signed out", async () => {
    server.line.drop();
    await page.getByRole("alert").waitFor();
    await check("line lost");
    server.endSession();
    await page.locator("#idle").waitFor({ state: "hidden" });
    await check("signed out");
  });
});
