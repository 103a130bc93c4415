import { describe, expect, it } from "vitest";
import { moments } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";

/** The page answers at once; a busy machine does not. */
const SOON = { timeout: 15_000 };

describe("the agent's page and its telephone line", () => {
  const stage = pageStage();
  const { status, alert } = stage;

  const bodies = (request: string) =>
    stage.server.asked.filter((asked) => asked.request === request).map(({ body }) => body);

  it.each([
    [31204, 20101],
    [31205, 20104],
    [31202, 31202],
    [51007, 53000],
    [53000, 53000],
  ])(
    "says whom to tell when Twilio repeatedly refuses with %d, and reports the code",
    async (sent, shown) => {
      stage.server.line.refuseTokens(sent);
      stage.server.line.drop();
      stage.server.line.restore();
      await alert()
        .filter({ hasText: `Tell the operator of this server: Twilio error ${shown}.` })
        .waitFor();
      await status("Unreachable");
      expect(bodies("POST /api/line-refused")).toEqual([{ code: shown }]);
      expect(bodies("ready").at(-1)).toEqual({ ready: false });

      // The pause of 30 s ends early when the network comes back.
      stage.server.line.refuseTokens(null);
      await stage.page.evaluate(() => dispatchEvent(new Event("online")));
      await status("Ready");
      expect(await alert().count()).toBe(0);
    },
  );

  it("says nothing of two answers with 53000, which may be a fault of Twilio's", async () => {
    const before = stage.server.line.count("listen");
    stage.server.line.refuseTokens(53000);
    stage.server.line.drop();
    stage.server.line.restore();
    await expect.poll(() => stage.server.line.count("listen"), SOON).toBe(before + 2);
    stage.server.line.refuseTokens(null);
    await status("Ready");
    expect(bodies("POST /api/line-refused")).toEqual([]);
  });

  it("says nothing of one token that expired, and has a new one at once", async () => {
    stage.server.line.expireToken();
    await expect.poll(() => stage.server.line.count("listen"), SOON).toBe(2);
    await status("Ready");
    expect(bodies("POST /api/line-refused")).toEqual([]);
  });

  it("says in words that the agent is muted, and tells the server until it agrees", async () => {
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await stage.page.getByRole("button", { name: "Answer" }).click();
    stage.server.show(moments.talking);
    const mute = stage.page.getByRole("button", { name: "Mute" });
    const own = stage.page.locator("#people li").nth(1);
    await mute.click();
    await expect.poll(() => mute.innerText(), SOON).toBe("Mute\non");
    expect(await own.textContent()).toContain("YouMuted by you");
    const report = `POST /api/calls/${moments.talking.call?.id}/muted`;
    await expect.poll(() => bodies(report), SOON).toEqual([{ muted: true }]);
    // The server's view still says otherwise: it may have been restarted.
    await expect.poll(() => bodies(report).length, SOON).toBe(2);
    stage.server.show(moments.apart({}, { mutedSelf: true }));
    await mute.click();
    await expect.poll(() => bodies(report).at(-1), SOON).toEqual({ muted: false });
    await expect.poll(() => mute.innerText(), SOON).toBe("Mute");
  });

  it("says that the microphone is silent in a call, and is ready again after it", async () => {
    await stage.page.evaluate(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        Object.assign(globalThis, { lastTrack: stream.getAudioTracks()[0] });
        return stream;
      };
    });
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await stage.page.getByRole("button", { name: "Answer" }).click();
    stage.server.show(moments.talking);
    await stage.page.getByRole("button", { name: "Mute" }).waitFor();
    await status("In a call");
    await stage.page.evaluate(() => {
      const { lastTrack } = globalThis as unknown as { lastTrack: MediaStreamTrack };
      Object.defineProperty(lastTrack, "muted", { value: true });
      lastTrack.dispatchEvent(new Event("mute"));
    });
    await alert().filter({ hasText: "Nobody hears you." }).waitFor();
    stage.server.line.hangUp();
    stage.server.show(moments.over);
    await status("Ready");
    expect(await alert().count()).toBe(0);
  });

  it("lists the calls that the agent missed, and keeps them over a reload", async () => {
    stage.server.show(moments.missed);
    const missed = stage.page.getByRole("region", { name: "Missed calls" }).locator("li span");
    await expect
      .poll(() => missed.allTextContents(), SOON)
      .toEqual([
        expect.stringMatching(/^sip:a+@.* – not answered in time$/),
        "Withheld number – the customer hung up",
      ]);
    await stage.page.reload();
    await expect.poll(() => missed.count(), SOON).toBe(2);
  });
});
