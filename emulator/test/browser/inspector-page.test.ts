import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChromium } from "../../../test/browser/support/chromium.ts";
import { CUSTOMER, NUMBER } from "../support/emulator-stage.ts";
import { inspectedCall } from "../inspector/inspected-call.ts";
import { axeFindings } from "./support/axe.ts";
import { builtPhonePage } from "./support/phone-pages.ts";

let pagesDir: string;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  pagesDir = await builtPhonePage();
  browser = await openChromium("page", "none");
  context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
});
afterAll(() => browser?.close());

/** Fails the test for whatever the page complains about. */
async function open(url: string): Promise<{ page: Page; complaints: string[]; loads: () => number }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  let loads = 0;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("load", () => (loads += 1));
  await page.goto(url);
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  return { page, complaints, loads: () => loads };
}

it("the inspector follows a new call without a reload, and keeps focus and what is open", async () => {
  const stage = await inspectedCall({ pagesDir });
  const { page, complaints, loads } = await open(`${stage.emulator.url}/inspector`);
  const first = page.locator("#delivery-1");
  await first.locator("summary").press("Enter");
  await first.getByText("CallStatus").waitFor();
  await stage.rings("+15550155555");
  await page.getByRole("cell", { name: "+15550155555" }).waitFor();
  expect(await first.getAttribute("open")).not.toBeNull();
  expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe("delivery-1");
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Pause" }).click();
  await stage.rings("+15550166666");
  await page.getByRole("status").filter({ hasText: "Paused" }).waitFor();
  expect(await page.getByRole("button", { name: "Pause" }).getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("cell", { name: "+15550166666" }).waitFor();
  expect([complaints, loads()]).toEqual([[], 1]);
  await page.close();
});

it("shows one call alone, as a picture and in words, at every width, light and dark", async () => {
  const stage = await inspectedCall({ pagesDir });
  const { page, complaints } = await open(`${stage.emulator.url}/inspector`);
  await page.locator(`#call-${stage.call}`).getByRole("link").click();
  await page.getByRole("heading", { name: `Call ${CUSTOMER} → ${NUMBER}` }).waitFor();
  await page.getByRole("img", { name: /^Sequence of \d+ steps/ }).waitFor();
  const steps = page.getByRole("group", { name: "The same steps as text" });
  await steps.getByRole("row", { name: /App → Twilio CreateCall To=client:agent1$/ }).waitFor();
  expect(await page.getByText(stage.other.slice(0, 10)).count()).toBe(0);

  await steps.getByRole("link", { name: "voice" }).first().click();
  expect(await page.locator("#delivery-1").getAttribute("open")).not.toBeNull();
  expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe("delivery-1");

  for (const width of [400, 1280])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), `${width} ${colorScheme}`).toEqual([]);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(tooWide, `${width}`).toBeLessThanOrEqual(0);
    }
  expect(complaints).toEqual([]);
  await page.close();
});

it("sends a webhook again and copies it as curl, and says so", async () => {
  const stage = await inspectedCall({ pagesDir });
  const { page, complaints } = await open(`${stage.emulator.url}/inspector?call=${stage.call}`);
  const first = page.locator("#delivery-1");
  await first.locator("summary").click();
  const count = stage.emulator.deliveries.length;
  await first.getByRole("button", { name: "Send again" }).press("Enter");
  const said = page.getByRole("status");
  await said.filter({ hasText: `Sent again as delivery ${count + 1}: answered 200` }).waitFor();
  await page.locator(`#delivery-${count + 1}`).waitFor();
  await page.getByRole("row", { name: /Twilio → App voice \(sent again\)$/ }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Send again");
  expect(stage.app.to("/voice").at(-1)?.isSigned).toBe(true);

  await first.getByRole("button", { name: "Copy as curl" }).click();
  await said.filter({ hasText: "Copied as curl." }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await stage.see("/inspector/deliveries/1/curl"));
  expect(complaints).toEqual([]);
  await page.close();
});

it("sends a webhook again without its script, too", async () => {
  const stage = await inspectedCall({ pagesDir });
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${stage.emulator.url}/inspector`);
  const count = stage.emulator.deliveries.length;
  await page.locator("#delivery-1 summary").click();
  await page.locator("#delivery-1").getByRole("button", { name: "Send again" }).click();
  await page.waitForURL(`**/inspector#delivery-${count + 1}`);
  expect(stage.emulator.deliveries.at(-1)).toMatchObject({ again: 1, status: 200 });
  await plain.close();
});
