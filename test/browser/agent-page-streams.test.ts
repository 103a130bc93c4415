import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { view } from "../agent-page/views.ts";
import { buildPage, launch, openPage } from "./agent-page/open-page.ts";
import { type StandIn, startStandIn } from "./agent-page/stand-in.ts";

/** The built page in a real Chromium; behind it a server whose stream breaks, or never comes. */
describe("the agent's page and its stream", () => {
  let folder: string;
  let browser: Browser;
  let server: StandIn;
  let page: Page;

  const status = (text: string) =>
    page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
  const reload = async (): Promise<number> => {
    await page.reload();
    return performance.now();
  };

  beforeAll(async () => {
    folder = await buildPage();
    browser = await launch();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await startStandIn(folder);
    ({ page } = await openPage(browser, server.url));
    await status("Ready");
  });
  afterEach(async () => {
    await page?.context().close();
    await server?.close();
  });

  it("does without the server for a while, and is ready again when it is back", async () => {
    server.breakEvents(true);
    await status("Connection lost");
    await alert("The server does not answer").waitFor();
    server.breakEvents(false);
    server.show(view({ state: "not-ready" }));
    await status("Ready");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it.each(["refused", "silent"] as const)(
    "says after 5 s what to do when the server answers and its WebSocket is %s, and goes on when it comes",
    async (streams) => {
      server.setStreams(streams);
      const opened = await reload();
      await alert("Ask your administrator to allow WebSockets to this address").waitFor();
      // Not at once: a server that has just started may answer requests first.
      expect(performance.now() - opened).toBeGreaterThan(3_000);
      await status("Connection lost");
      server.setStreams("open");
      await status("Ready");
      expect(await page.getByRole("alert").count()).toBe(0);
    },
  );
});
