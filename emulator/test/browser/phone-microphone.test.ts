import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PhoneStage, startPhoneStage } from "../phone/phone-stage.ts";
import { axeFindings } from "./support/axe.ts";
import { openChromium } from "../../../test/browser/support/chromium.ts";
import { builtPhonePage } from "./support/phone-pages.ts";

/** Everything that goes wrong before a call, in all looks of the page. */
describe("the phone page without a microphone", () => {
  let stage: PhoneStage;
  let withoutDevice: Browser;
  let withDevice: Browser;

  const open = async (browser: Browser, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    await page.goto(`${stage.url}/phone.html`);
    await page.locator('[data-link="open"]').waitFor();
    return page;
  };

  beforeAll(async () => {
    const pagesDir = await builtPhonePage();
    stage = await startPhoneStage({ media: "webrtc", pagesDir });
    withoutDevice = await openChromium("window", "none");
    withDevice = await openChromium("window", "asks");
  });
  afterAll(async () => {
    await withoutDevice?.close();
    await withDevice?.close();
    await stage?.close();
  });

  it("explains what to do when the microphone is blocked", async () => {
    const page = await open(withDevice);
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.getByText("Your browser blocks the microphone").waitFor();
    await page.getByText("allow the microphone. Then call again").waitFor();
    await page.getByRole("status").filter({ hasText: "Ready" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("says so when there is no microphone", async () => {
    const page = await open(withoutDevice, { permissions: ["microphone"] });
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await page.getByText("Your browser finds no microphone").waitFor();
  });

  it("lets an incoming call keep ringing, so that a person can still answer it", async () => {
    const page = await open(withDevice);
    const own = (await page.getByText("Your number:").textContent())!.split(" ").at(-1)!;
    const [ring] = stage.switchboard.ring(own);
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByText("Your browser blocks the microphone").waitFor();
    await page.context().grantPermissions(["microphone"]);
    await page.getByRole("button", { name: "Answer" }).click();
    await ring!.until("answered");
  });

  it.each([
    { colorScheme: "light", locale: "ja-JP" },
    { colorScheme: "dark", locale: "ja-JP" },
    { colorScheme: "dark", locale: "en-GB" },
  ] as const)("speaks and looks as the browser wants: $colorScheme, $locale", async (options) => {
    const page = await open(withDevice, options);
    const isJapanese = options.locale === "ja-JP";
    await page.getByRole("button", { name: isJapanese ? "電話をかける" : "Call", exact: true }).click();
    await page
      .getByText(isJapanese ? "ブラウザーがマイクをブロックしています" : "Your browser blocks the microphone")
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe(isJapanese ? "ja" : "en");
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(ground).toBe(options.colorScheme === "dark" ? "rgb(15, 18, 22)" : "rgb(243, 244, 246)");
    expect(await axeFindings(page)).toEqual([]);
  });
});
