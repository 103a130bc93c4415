import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { moments } from "../agent-page/views.ts";
import { openPage } from "./agent-page/open-page.ts";
import { pageStage } from "./agent-page/page-stage.ts";

const SCRIPTS = /\/assets\/[^/]+\.js$/;
const LANGUAGES = [
  { locale: "en-GB", words: "en", ready: "Ready" },
  { locale: "ja-JP", words: "ja", ready: "待受中" },
];

/** The built page in a real Chromium: which scripts it loads, and when. */
describe("the scripts of the agent's page", () => {
  const stage = pageStage();
  let page: Page;
  afterEach(() => page?.context().close());

  /** Opens the page in another language; only the scripts that `isServed` allows reach it. Returns their paths as they load. */
  async function open(locale: string, isServed: (name: string) => boolean): Promise<string[]> {
    ({ page } = await openPage(stage.browser, "about:blank", { locale }));
    const loaded: string[] = [];
    await page.route(SCRIPTS, (route, request) => {
      const { pathname } = new URL(request.url());
      if (!isServed(basename(pathname))) return route.abort();
      loaded.push(pathname);
      return route.continue();
    });
    await page.goto(stage.server.url);
    return loaded;
  }
  const status = (text: string) =>
    page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  it.each(LANGUAGES)("are less than 62 kB, gzipped, for the page to be ready in $words", async (language) => {
    const needed = new RegExp(`^(page|${language.words})-`);
    const loaded = await open(language.locale, (name) => needed.test(name));
    await status(language.ready);
    const sizes = loaded.map(async (path) => gzipSync(await readFile(join(stage.folder, path))).length);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(62_000);
  });

  it("for a call are there before a call is", async () => {
    const loaded = await open("en-GB", () => true);
    await status("Ready");
    const names = () => loaded.map((path) => basename(path).replace(/-[\w-]{8}\.js$/, ""));
    await expect.poll(names).toEqual(expect.arrayContaining(["chooser", "keypad", "ringing-tone"]));
  });

  it("are fetched again when they are needed and could not be fetched before", async () => {
    let isBroken = true;
    const loaded = await open("en-GB", (name) => !isBroken || !name.startsWith("chooser"));
    await status("Ready");
    isBroken = false;
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await button("Answer").click();
    stage.server.show(moments.alone);
    await button("Transfer").click();
    await button("Consult first").waitFor();
    expect(loaded.some((path) => path.includes("chooser"))).toBe(true);
  });
});
