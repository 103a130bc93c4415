import { beforeEach, describe, expect, it } from "vitest";
import { transferView } from "../agent-page/transfer-views.ts";
import { moments } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";
import { giveEar, ownSound } from "./support/ear.ts";

/** The page of an agent who consults, in a real Chromium. */
describe("the ringing tone of a consultation", () => {
  const stage = pageStage();
  const ringing = transferView({ mode: "consult", phase: "ringing" });
  const sounds = () => expect.poll(() => ownSound(stage.page)).toBeGreaterThan(0.03);
  const pauses = () => expect.poll(() => ownSound(stage.page)).toBe(0);
  const stops = () => expect.poll(() => ownSound(stage.page)).toBeNull();
  const button = (name: string) => stage.page.getByRole("button", { name, exact: true });
  /** The devices on which the page wanted to play. */
  const speakers = () => stage.page.evaluate(() => (window as unknown as { speakers: string[] }).speakers);

  beforeEach(async () => {
    await giveEar(stage.page);
    await stage.page.addInitScript(() => {
      const speakers: string[] = [];
      Object.assign(window, { speakers });
      const setSinkId = Reflect.get(AudioContext.prototype, "setSinkId") as (id: string) => Promise<void>;
      Reflect.set(AudioContext.prototype, "setSinkId", function (this: AudioContext, id: string) {
        speakers.push(id);
        return setSinkId.call(this, id);
      });
    });
    await stage.page.reload();
    await stage.status("Ready");
  });

  const talk = async (): Promise<void> => {
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await button("Answer").click();
    stage.server.show(moments.alone);
    await button("Transfer").waitFor();
  };

  it("sounds, pauses, sounds again, and stops when the target answers; on the chosen speaker if it is there", async () => {
    await stage.page.evaluate(() =>
      localStorage.setItem("sound-devices", '{"speaker":{"id":"headset","label":"Headset"}}'),
    );
    await talk();
    stage.server.show(ringing);
    await sounds();
    expect(await ownSound(stage.page)).toBeLessThan(0.06);
    expect(await speakers()).toContain("headset");
    await pauses();
    await sounds();
    stage.server.show(transferView({ mode: "consult", phase: "consulting" }));
    await stops();
  });

  it("stops when the transfer fails, and while the page does not hear the server", async () => {
    await talk();
    stage.server.show(ringing);
    await sounds();
    stage.server.show(moments.declined);
    await stops();
    stage.server.show(ringing);
    await sounds();
    stage.server.breakEvents(true);
    await stops();
  });

  it("does not sound in a window of the same agent without the call", async () => {
    stage.server.show(ringing);
    await stage.page.getByText("This call is in another window").waitFor();
    expect(await ownSound(stage.page)).toBeNull();
  });
});
