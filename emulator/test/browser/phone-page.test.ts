import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { clipOf, repeated } from "../../src/media/clip.ts";
import { createMixer } from "../../src/media/mixer.ts";
import { steadyTones } from "../../src/media/synth.ts";
import { loudnessAt } from "../media/listening.ts";
import { type PhoneStage, startPhoneStage } from "../phone/phone-stage.ts";
import { axeFindings } from "./support/axe.ts";
import { HEARD_DB, listen } from "../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import { builtPhonePage } from "./support/phone-pages.ts";

const MICROPHONE = 930;
const ANNOUNCEMENT = 1370;

describe("the phone page", () => {
  let pagesDir: string;
  let stage: PhoneStage;
  let phone: Party;
  const mixer = createMixer();

  const status = (text: string) => phone.page.getByRole("status").filter({ hasText: text }).waitFor();
  const button = (name: string) => phone.page.getByRole("button", { name, exact: true });

  beforeAll(async () => {
    pagesDir = await builtPhonePage();
    stage = await startPhoneStage({ media: "webrtc", pagesDir });
    phone = await openParty("customer", MICROPHONE, `${stage.url}/phone.html`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") expect(await axeFindings(phone.page)).toEqual([]);
  });
  afterAll(async () => {
    await phone?.close();
    mixer.close();
    await stage?.close();
  });

  it("is ready, with the service's number filled in and a number of its own", async () => {
    await status("Ready");
    expect(await phone.page.getByLabel("Number to call").inputValue()).toBe("+15550100");
    await phone.page.getByText("Your number: +15550199").waitFor();
  });

  it("explains why a number cannot be called, and keeps it", async () => {
    await phone.page.getByLabel("Number to call").fill("+1 (555) 0000");
    await button("Call").click();
    await phone.page.getByText("+15550000 is not a number of this account.").waitFor();
    await status("Ready");
    expect(await phone.page.getByLabel("Number to call").inputValue()).toBe("+15550000");
    await phone.page.getByLabel("Number to call").fill("+15550100");
  });

  it("calls, hears and is heard, and shows captions", async () => {
    await button("Call").click();
    const { answer, audio, caller } = await stage.switchboard.nextCaller();
    expect(caller.from).toBe("+15550199");
    await status("Ringing…");
    answer();
    await status("Connected");
    mixer.seat(audio).play(repeated(clipOf(steadyTones([ANNOUNCEMENT], 1000, 0.3)), 0).start());
    const heard = async () => (await listen(phone.page, [ANNOUNCEMENT]))[0] ?? -120;
    await expect.poll(heard).toBeGreaterThan(HEARD_DB);
    const samples: number[] = [];
    await new Promise<void>((resolve) => {
      audio.onFrame((frame) => samples.push(...frame) > 8000 && resolve());
    });
    expect(loudnessAt(MICROPHONE, samples)).toBeGreaterThan(-35);
    const level = () => phone.page.getByRole("meter", { name: "Other side" }).getAttribute("aria-valuenow");
    await expect.poll(async () => Number(await level())).toBeGreaterThan(30);
    caller.line.caption({ text: "Thank you for calling.", language: "en-US", durationMs: 1500 });
    await phone.page.getByText("Thank you for calling.").waitFor();
    caller.ended("completed");
    await status("Ready");
    await phone.page.getByText(/^The last call lasted 0:0\d/).waitFor();
  });

  it("sends keys, by mouse and by keyboard, and hangs up", async () => {
    await button("Call").click();
    const { answer, reports } = await stage.switchboard.nextCaller();
    answer();
    await status("Connected");
    await phone.page.getByRole("group", { name: "Keypad" }).getByRole("button", { name: "5" }).click();
    await phone.page.keyboard.press("#");
    await expect.poll(() => reports).toEqual(["digits 5", "digits #"]);
    await button("Hang up").click();
    await status("Ready");
    expect(reports.at(-1)).toBe("hung up");
    expect(await phone.page.evaluate(() => document.activeElement?.id)).toBe("call");
  });

  it("says that the line is busy", async () => {
    await button("Call").click();
    (await stage.switchboard.nextCaller()).caller.ended("busy");
    await phone.page.getByText("The line is busy").waitFor();
  });

  it("can be called, and answers", async () => {
    const [ring] = stage.switchboard.ring("+15550199", { from: "+15550100" });
    await status("Incoming call");
    expect(await phone.page.getByLabel("Call from").inputValue()).toBe("+15550100");
    await button("Answer").click();
    await ring!.until("answered");
    await status("Connected");
    const samples: number[] = [];
    await new Promise<void>((resolve) => {
      ring!.line!.audio.onFrame((frame) => samples.push(...frame) > 8000 && resolve());
    });
    expect(loudnessAt(MICROPHONE, samples)).toBeGreaterThan(-35);
    const [second] = stage.switchboard.ring("+15550199");
    await second!.until("busy");
    await button("Hang up").click();
    await ring!.until("hung up");
    await status("Ready");
  });

  it("declines, and stops ringing when the caller gives up", async () => {
    const [declined] = stage.switchboard.ring("+15550199");
    await button("Decline").click();
    await declined!.until("declined");
    await status("Ready");
    const [missed] = stage.switchboard.ring("+15550199");
    await button("Decline").waitFor();
    missed!.ringing.cancel();
    await status("Ready");
  });

  it("wrote nothing to the console and made no request to another host", () => {
    expect(phone.complaints).toEqual([]);
  });

  it("reports a lost connection, and reconnects", async () => {
    const { port } = new URL(stage.url);
    await stage.close();
    await status("Connection lost");
    expect(await button("Call").isDisabled()).toBe(true);
    stage = await startPhoneStage({ media: "webrtc", pagesDir, port: Number(port) });
    await status("Ready");
  });
});
