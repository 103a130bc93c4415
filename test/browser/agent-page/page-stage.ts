import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Part, openChromium } from "../support/chromium.ts";
import { builtPage, openPage } from "./open-page.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

/**
 * The built page in a real Chromium (of which `part` is needed), open and ready before each test of the `describe` that calls this.
 * Behind it is a stand-in for the server, which shows what a test tells it to.
 */
export function pageStage(part: Part = "page") {
  let folder: string;
  let browser: Browser;
  let server: StandIn;
  let page: Page;
  let complaints: string[];

  const status = (text: string) =>
    page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();

  beforeAll(async () => {
    folder = await builtPage();
    browser = await openChromium(part, "granted");
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await startStandIn(folder);
    ({ page, complaints } = await openPage(browser, server.url));
    await status("Ready");
  });
  afterEach(async () => {
    await page?.context().close();
    await server?.close();
  });

  return {
    get folder() {
      return folder;
    },
    get browser() {
      return browser;
    },
    get server() {
      return server;
    },
    get page() {
      return page;
    },
    /** What the page's console said, and requests that left the machine. */
    get complaints() {
      return complaints;
    },
    /** Resolves when the page shows this status. */
    status,
    alert: (text = "") => page.getByRole("alert").filter({ hasText: text }),
  };
}
