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
  /** Loads the page again, on a clock that stands still, until it asks for its stream. */
  const reloadInStillTime = async (): Promise<void> => {
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    const asked = page.waitForEvent("websocket", (socket) => socket.url().includes("/api/events"));
    await page.reload();
    await asked;
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
      await reloadInStillTime();
      const looked = page.waitForResponse((response) => response.url().includes("/api/events"));
      await page.clock.runFor(4_999);
      await looked;
      // Not at once: a server that has just started may answer requests first.
      expect(await page.getByRole("alert").count()).toBe(0);
      await page.clock.runFor(1);
      await alert("Ask your administrator to allow WebSockets to this address").waitFor();
      await status("Connection lost");
      server.setStreams("open");
      await page.clock.resume();
      await status("Ready");
      expect(await page.getByRole("alert").count()).toBe(0);
    },
  );
});
