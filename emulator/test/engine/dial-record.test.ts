import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/types.ts";
import { fetchChannels, lengthOf, tonesIn } from "../support/channels.ts";
import { CUSTOMER, startEmulatorStage } from "../support/emulator-stage.ts";

const AGENT = "client:agent1";
const RINGING = 440;
const CUSTOMER_HZ = 600;
const AGENT_HZ = 1_100;
const TONES = [RINGING, CUSTOMER_HZ, AGENT_HZ];

/** A customer dials an agent, who answers after five seconds. Each has a tone for a voice. */
async function dialling(attributes: string, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  const { app, emulator, clock } = stage;
  const callback = `recordingStatusCallback="/recordings" recordingStatusCallbackEvent="in-progress completed absent"`;
  app.on("/voice", `<Dial action="/done" ${callback} ${attributes}><Client>agent1</Client></Dial>`);
  app.on("/done", "<Say>Goodbye.</Say>");
  const agent = emulator.people.add(AGENT, {
    habit: { kind: "answers", afterMs: 5_000 },
    voice: { kind: "tone", hz: AGENT_HZ },
  });
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: CUSTOMER_HZ });
  await clock.advance(5_000);
  const done = () => stage.sent("/done")[0] ?? {};
  const listen = () => fetchChannels(`${done().RecordingUrl}.wav`);
  return { ...stage, agent, customer, done, listen };
}

describe("<Dial record>", () => {
  it("records both from the answer on, in one channel", async () => {
    const { agent, clock, done, listen, hearing } = await dialling(`record="record-from-answer"`);
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
    await clock.advance(4_000);
    agent.hangUp();
    await clock.advance(0);
    expect(done()).toMatchObject({ RecordingDuration: "4", DialCallStatus: "completed" });
    const [only, ...others] = await listen();
    expect([others, lengthOf(only!), tonesIn(only!, TONES)]).toEqual([[], 4, [CUSTOMER_HZ, AGENT_HZ]]);
  });

  it("records the caller in the first channel of two, and whom the caller hears in the second", async () => {
    const { customer, clock, listen } = await dialling(`record="record-from-answer-dual"`);
    await clock.advance(4_000);
    customer.hangUp();
    await clock.advance(0);
    const channels = await listen();
    expect(channels.map((samples) => tonesIn(samples, TONES))).toEqual([[CUSTOMER_HZ], [AGENT_HZ]]);
    expect(channels.map(lengthOf)).toEqual([4, 4]);
  });

  it("records the ringing, too, if it is told to", async () => {
    const { agent, clock, listen } = await dialling(`record="record-from-ringing-dual"`);
    await clock.advance(3_000);
    agent.hangUp();
    await clock.advance(0);
    const [caller, heard] = await listen();
    expect([lengthOf(caller!), tonesIn(heard!.slice(0, 8_000), TONES)]).toEqual([8, [RINGING]]);
    expect(tonesIn(heard!.slice(-16_000), TONES)).toEqual([AGENT_HZ]);
  });

  it.each([
    ["inbound", [CUSTOMER_HZ]],
    ["outbound", [AGENT_HZ]],
  ])("records only the %s track", async (track, tones) => {
    const { agent, clock, listen } = await dialling(`record="true" recordingTrack="${track}"`);
    await clock.advance(3_000);
    agent.hangUp();
    await clock.advance(0);
    expect((await listen()).map((samples) => tonesIn(samples, TONES))).toEqual([tones]);
  });

  it("trims silence at both ends, if it is told to", async () => {
    const { agent, customer, clock, done } = await dialling(`record="true" trim="trim-silence"`);
    for (const person of [agent, customer]) person.say({ kind: "quiet" });
    await clock.advance(2_000);
    agent.say({ kind: "tone", hz: AGENT_HZ });
    await clock.advance(3_000);
    agent.say({ kind: "quiet" });
    await clock.advance(2_000);
    agent.hangUp();
    await clock.advance(0);
    expect(done().RecordingDuration).toBe("3");
  });

  it("reports with the fields of a published callback", async () => {
    const { agent, clock, sent, emulator, customer } = await dialling(`record="record-from-answer"`);
    const { callSid } = customer;
    await clock.advance(4_000);
    agent.hangUp();
    await clock.advance(0);
    const { accountSid } = emulator.credentials;
    const [recording] = emulator.engine.world.recordings.values();
    const fields = {
      AccountSid: accountSid,
      CallSid: callSid,
      RecordingSid: recording?.sid,
      RecordingUrl: `${emulator.url}/2010-04-01/Accounts/${accountSid}/Recordings/${recording?.sid}`,
      RecordingChannels: "1",
      RecordingSource: "DialVerb",
      RecordingTrack: "both",
      RecordingStartTime: "Fri, 02 Jan 2026 03:04:10 +0000",
      ErrorCode: "0",
    };
    expect(sent("/recordings")).toEqual([
      { ...fields, RecordingStatus: "in-progress" },
      { ...fields, RecordingStatus: "completed", RecordingDuration: "4" },
    ]);
  });

  it("records nothing when nobody answers, or when it is not told to", async () => {
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `<Dial action="/done" record="record-from-answer">+15550100009</Dial>`);
    await stage.rings();
    expect(stage.sent("/done")).toMatchObject([{ DialCallStatus: "failed" }]);
    expect(stage.emulator.engine.world.recordings.size).toBe(0);
    const quiet = await dialling(`record="do-not-record"`);
    await quiet.clock.advance(3_000);
    quiet.agent.hangUp();
    await quiet.clock.advance(0);
    expect([quiet.emulator.engine.world.recordings.size, quiet.sent("/recordings")]).toEqual([0, []]);
    expect(quiet.done()).not.toHaveProperty("RecordingUrl");
  });

  it("warns that it records no conference", async () => {
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `<Dial record="true"><Conference>room</Conference></Dial>`);
    await stage.rings();
    expect(stage.warnings()[0]?.message).toContain("has no effect with <Conference>");
    expect(stage.emulator.engine.world.recordings.size).toBe(0);
  });
});

it("<Dial record> records a caller from a queue with the agent", async () => {
  const stage = await startEmulatorStage();
  const { app, emulator, clock } = stage;
  app.on("/voice", `<Enqueue waitUrl="">support</Enqueue>`);
  app.on("/agent", `<Dial action="/done" record="record-from-answer-dual"><Queue>support</Queue></Dial>`);
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: CUSTOMER_HZ });
  const agent = emulator.people.add(AGENT, {
    habit: { kind: "answers", afterMs: 0 },
    voice: { kind: "tone", hz: AGENT_HZ },
  });
  emulator.engine.createCall(stage.order(AGENT));
  await clock.advance(5_000);
  agent.hangUp();
  await clock.advance(0);
  const channels = await fetchChannels(stage.sent("/done")[0]?.RecordingUrl ?? "");
  expect(channels.map((samples) => tonesIn(samples, TONES))).toEqual([[AGENT_HZ], [CUSTOMER_HZ]]);
});

it("<Dial record> records the mixer's sound in real time", async () => {
  const { agent, clock, emulator, listen, done } = await dialling(`record="record-from-answer-dual"`, {
    mixing: true,
  });
  const [recording] = emulator.engine.world.recordings.values();
  await expect.poll(() => recording?.seconds, { timeout: 5_000 }).toBeGreaterThan(1.5);
  agent.hangUp();
  await clock.advance(0);
  expect(done().RecordingSid).toBe(recording?.sid);
  const channels = await listen();
  expect(channels.map((samples) => tonesIn(samples.slice(-8_000), TONES))).toEqual([
    [CUSTOMER_HZ],
    [AGENT_HZ],
  ]);
});
