import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { BEEP_HZ } from "../../src/engine/beep.ts";
import { readWav } from "../../src/media/wav.ts";
import { powerAt } from "../../src/people/ear.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { openRecording } from "../../src/world/recordings.ts";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

const HZ = 500;
const QUIET = { kind: "quiet" } as const;
const VOICE = { kind: "tone", hz: HZ } as const;
const OLD = {
  callSid: "CA0",
  conferenceSid: null,
  source: "RecordVerb",
  channels: 1,
  track: "inbound",
} as const;
const ALL_EVENTS = "in-progress completed absent";

/** A customer who hears `<Record>`, is past its beep, and says nothing yet. */
async function recording(attributes: string, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  const { app, clock, emulator } = stage;
  const callback = `recordingStatusCallback="/recordings" recordingStatusCallbackEvent="${ALL_EVENTS}"`;
  app.on("/voice", `<Record action="/done" ${callback} ${attributes}/><Say>Nobody spoke.</Say>`);
  app.on("/done", "<Say>Thank you.</Say>");
  const customer = await stage.rings();
  await clock.advance(300);
  const speaks = async (ms: number): Promise<void> => {
    customer.say(VOICE);
    await clock.advance(ms);
    customer.say(QUIET);
  };
  /** The WAV file, as anybody with its address gets it. */
  const listen = async () => {
    const [done] = app.to("/done");
    const answer = await fetch(`${done?.params.RecordingUrl}.wav`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "audio/x-wav"]);
    return readWav(new Uint8Array(await answer.arrayBuffer()));
  };
  const statuses = () => stage.sent("/recordings").map((fields) => fields.RecordingStatus);
  return { ...stage, customer, emulator, speaks, listen, statuses };
}

describe("<Record> ends", () => {
  it("with silence, which the recording does not contain", async () => {
    const { speaks, clock, app, customer, listen } = await recording("");
    await clock.advance(1_000);
    await speaks(3_000);
    await clock.advance(4_800);
    expect(app.to("/done")).toEqual([]);
    await clock.advance(300);
    expect(app.to("/done").map(({ params }) => params)).toMatchObject([
      { CallStatus: "in-progress", RecordingDuration: "3", Digits: "" },
    ]);
    expect(customer.captions).toEqual(["Thank you."]);
    const { rate, samples } = await listen();
    expect([rate, samples.length]).toEqual([8_000, 24_000]);
  });

  it("with the customer's voice in its file", async () => {
    const { speaks, clock, listen } = await recording("");
    await speaks(2_000);
    await clock.advance(6_000);
    const { samples } = await listen();
    const loudest = samples.map((sample) => sample * 32_768);
    expect(10 * Math.log10(powerAt(loudest, HZ))).toBeGreaterThan(-20);
    expect(10 * Math.log10(powerAt(loudest, 1_700))).toBeLessThan(-50);
  });

  it("with a finishing key, and with no other key", async () => {
    const { speaks, customer, emulator, app } = await recording(`finishOnKey="#*"`);
    await speaks(2_000);
    customer.press("5");
    await emulator.settled();
    expect(app.to("/done")).toEqual([]);
    customer.press("#");
    await emulator.settled();
    expect(app.to("/done").map(({ params }) => params)).toMatchObject([
      { RecordingDuration: "2", Digits: "#" },
    ]);
  });

  it("at its maximum length", async () => {
    const { speaks, app } = await recording(`maxLength="7"`);
    await speaks(6_900);
    expect(app.to("/done")).toEqual([]);
    await speaks(200);
    expect(app.to("/done").map(({ params }) => params.RecordingDuration)).toEqual(["7"]);
  });

  it("when the customer hangs up, and keeps the recording", async () => {
    const { speaks, customer, emulator, app, listen } = await recording("");
    await speaks(2_000);
    customer.hangUp();
    await emulator.settled();
    expect(app.to("/done").map(({ params }) => params)).toMatchObject([
      { CallStatus: "completed", RecordingDuration: "2", Digits: "hangup" },
    ]);
    expect((await listen()).samples.length).toBe(16_000);
  });

  it("with a key of a customer who hangs up at once: its action is requested", async () => {
    const { speaks, customer, emulator, app } = await recording("");
    await speaks(2_000);
    customer.press("#");
    customer.hangUp();
    await emulator.settled();
    expect(app.to("/done").map(({ params }) => params)).toMatchObject([
      { CallStatus: "completed", RecordingDuration: "2", Digits: "#" },
    ]);
  });

  it("when REST redirects the call: its action is not requested", async () => {
    const { speaks, emulator, app, statuses } = await recording("");
    await speaks(2_000);
    const [call] = emulator.engine.world.calls.values();
    emulator.engine.updateCall(call!, { voice: { url: `${app.url}/elsewhere`, method: "POST" } });
    await emulator.settled();
    expect([app.to("/elsewhere").length, app.to("/done").length]).toEqual([1, 0]);
    expect(statuses()).toEqual(["in-progress", "completed"]);
  });
});

describe("<Record> of a customer who says nothing", () => {
  it("goes on with the next verb after its time-out", async () => {
    const { clock, customer, app, statuses, sent } = await recording(`timeout="4"`);
    await clock.advance(3_800);
    expect(customer.captions).toEqual([]);
    await clock.advance(300);
    expect([customer.captions, app.to("/done")]).toEqual([["Nobody spoke."], []]);
    expect(statuses()).toEqual(["in-progress", "absent"]);
    expect(sent("/recordings")[1]).toMatchObject({ ErrorCode: "16102" });
  });

  it("requests no action if the customer hangs up", async () => {
    const { clock, customer, emulator, app, statuses } = await recording("");
    await clock.advance(1_000);
    customer.hangUp();
    await emulator.settled();
    expect([app.to("/done"), statuses()]).toEqual([[], ["in-progress", "absent"]]);
  });
});

it("the emulator reports a recording with the fields of Twilio's status callback", async () => {
  const { speaks, clock, app, emulator } = await recording("");
  await speaks(2_000);
  await clock.advance(6_000);
  const [started, ended] = app.to("/recordings");
  expect([started?.isSigned, ended?.isSigned]).toEqual([true, true]);
  const [recorded] = emulator.engine.world.recordings.values();
  const { accountSid } = emulator.credentials;
  const fields = {
    AccountSid: accountSid,
    CallSid: recorded?.callSid,
    RecordingSid: recorded?.sid,
    RecordingUrl: `${emulator.url}/2010-04-01/Accounts/${accountSid}/Recordings/${recorded?.sid}`,
    RecordingChannels: "1",
    RecordingSource: "RecordVerb",
    RecordingTrack: "inbound",
    RecordingStartTime: "Fri, 02 Jan 2026 03:04:05 +0000",
    ErrorCode: "0",
  };
  expect(started?.params).toEqual({ ...fields, RecordingStatus: "in-progress" });
  expect(ended?.params).toEqual({ ...fields, RecordingStatus: "completed", RecordingDuration: "2" });
});

it("<Record> beeps first, and plays nothing while it records", async () => {
  const { app, rings, clock, hearing } = await startEmulatorStage();
  app.on("/voice", `<Record/>`);
  await rings();
  expect(hearing()).toEqual([`${CUSTOMER} <- [play]`]);
  await clock.advance(300);
  expect(hearing()).toEqual([`${CUSTOMER} <- [recording]`]);
});

it("<Record> without an action requests its own document", async () => {
  const { app, rings, clock } = await startEmulatorStage();
  app.on("/voice", ({ params }) =>
    params.RecordingSid ? "<Say>Got it.</Say>" : `<Record playBeep="false"/>`,
  );
  const customer = await rings();
  customer.say(VOICE);
  await clock.advance(1_000);
  customer.press("1");
  await clock.advance(1_000);
  expect([app.to("/voice").length, customer.captions]).toEqual([2, ["Got it."]]);
});

it("<Record> keeps the silence with trim=do-not-trim", async () => {
  const { speaks, clock, app } = await recording(`trim="do-not-trim"`);
  await clock.advance(1_000);
  await speaks(2_000);
  await clock.advance(6_000);
  expect(app.to("/done").map(({ params }) => params.RecordingDuration)).toEqual(["8"]);
});

it("the emulator deletes the oldest recordings to make room, and says so", async () => {
  const { emulator, speaks, warnings } = await recording("");
  const { world } = emulator.engine;
  const old = openRecording(world, OLD, 0);
  Object.assign(old, { status: "completed", seconds: 3_999.5 });
  await speaks(2_000);
  expect([...world.recordings.keys()]).not.toContain(old.sid);
  expect(warnings().map(({ message }) => message)).toEqual([
    `The emulator deleted recording ${old.sid} to make room`,
  ]);
});

/** Waits in real time, for at most five seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !isTrue(); tries++)
    await new Promise<void>((resolve) => systemClock.after(50, resolve));
  expect(isTrue()).toBe(true);
}

it("<Record> records the mixer's sound in real time, after an audible beep", async () => {
  const { app, rings, clock, emulator } = await startEmulatorStage({ mixing: true });
  app.on("/voice", `<Record action="/done" finishOnKey="#"/>`);
  const customer = await rings();
  await until(() => customer.heardDb(BEEP_HZ, 2_000) > -45);
  customer.say(VOICE);
  await clock.advance(300);
  const [recorded] = emulator.engine.world.recordings.values();
  await until(() => (recorded?.seconds ?? 0) >= 1.5);
  customer.press("#");
  await until(() => app.to("/done").length > 0);
  const loud = Float32Array.from(recorded?.samples ?? []);
  expect(loud.length).toBeGreaterThanOrEqual(8_000);
  expect(10 * Math.log10(powerAt(loud, HZ))).toBeGreaterThan(-25);
});

it("the recording's URL has the first of the emulator's further names, which apps can reach", async () => {
  const { speaks, clock, app, emulator } = await recording("", { allowedHosts: ["twilio", "localhost"] });
  await speaks(1_000);
  await clock.advance(6_000);
  const { host } = new URL(app.to("/done")[0]?.params.RecordingUrl ?? "");
  expect(host).toBe(`twilio:${new URL(emulator.url).port}`);
});
