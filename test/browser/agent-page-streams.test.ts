import { describe, expect, it } from "vitest";
import { view } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";

/** The built page in a real Chromium; behind it a server whose stream breaks, or never comes. */
describe("the agent's page and its stream", () => {
  const stage = pageStage();
  const { status, alert } = stage;

  /** Loads the page again, on a clock that stands still, until it asks for its stream. */
  const reloadInStillTime = async (): Promise<void> => {
    await stage.page.clock.install({ time: 0 });
    await stage.page.clock.pauseAt(1_000);
    const asked = stage.page.waitForEvent("websocket", (socket) => socket.url().includes("/api/events"));
    await stage.page.reload();
    await asked;
  };

  it("does without the server for a while, and is ready again when it is back", async () => {
    stage.server.breakEvents(true);
    await status("Connection lost");
    await alert("The server does not answer").waitFor();
    stage.server.breakEvents(false);
    stage.server.show(view({ state: "not-ready" }));
    await status("Ready");
    expect(await stage.page.getByRole("alert").count()).toBe(0);
  });

  it("says only after 5 s that WebSockets are blocked: a server that stops may answer one request more", async () => {
    await stage.page.clock.install({ time: 0 });
    await stage.page.reload();
    await status("Ready");
    await stage.page.clock.pauseAt(60_000);
    const looked = stage.page.waitForResponse((response) => response.url().includes("/api/events"));
    stage.server.setStreams("refused");
    await looked;
    await stage.page.clock.runFor(1_500);
    await alert("The server does not answer").waitFor();
    await stage.page.clock.runFor(3_499);
    expect(await alert("Ask your administrator").count()).toBe(0);
    await stage.page.clock.runFor(1);
    await alert("Ask your administrator to allow WebSockets to this address").waitFor();
  });

  it.each(["refused", "silent"] as const)(
    "says after 5 s what to do when the server answers and its WebSocket is %s, and goes on when it comes",
    async (streams) => {
      stage.server.setStreams(streams);
      await reloadInStillTime();
      const looked = stage.page.waitForResponse((response) => response.url().includes("/api/events"));
      await stage.page.clock.runFor(4_999);
      await looked;
      // Not at once: a server that has just started may answer requests first.
      expect(await stage.page.getByRole("alert").count()).toBe(0);
      await stage.page.clock.runFor(1);
      await alert("Ask your administrator to allow WebSockets to this address").waitFor();
      await status("Connection lost");
      stage.server.setStreams("open");
      await stage.page.clock.resume();
      await status("Ready");
      expect(await stage.page.getByRole("alert").count()).toBe(0);
    },
  );
});
