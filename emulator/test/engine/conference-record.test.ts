import { describe, expect, it } from "vitest";
import { fetchChannels, lengthOf, tonesIn } from "../support/channels.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";
import { participantOrder } from "./talking.ts";

const AGENT = "client:agent1";
const COACH = "client:coach";
const CUSTOMER_HZ = 600;
const AGENT_HZ = 1_100;
const COACH_HZ = 1_700;
const TONES = [CUSTOMER_HZ, AGENT_HZ, COACH_HZ];

/** A customer waits for three seconds, then an agent comes. */
async function meeting(attributes: string) {
  const stage = await startEmulatorStage();
  const { app, emulator, clock } = stage;
  app.on("/voice", `<Dial><Conference beep="false" ${attributes}>room</Conference></Dial>`);
  const comes = async (address: string, hz: number, change = {}) => {
    const person = emulator.people.add(address, {
      habit: { kind: "answers", afterMs: 0 },
      voice: { kind: "tone", hz },
    });
    const order = participantOrder(stage, address, { beep: "false", ...change });
    emulator.engine.createParticipant("room", order);
    await clock.advance(0);
    return person;
  };
  const customer = await stage.rings();
  customer.say({ kind: "tone", hz: CUSTOMER_HZ });
  await clock.advance(3_000);
  const agent = await comes(AGENT, AGENT_HZ);
  const ends = async () => {
    const [conference] = emulator.engine.world.conferences.values();
    emulator.engine.updateConference(conference!, { end: true });
    await clock.advance(0);
  };
  const listen = async () => {
    const [recording] = emulator.engine.world.recordings.values();
    const [only] = await fetchChannels(
      `${emulator.url}/2010-04-01/Accounts/${emulator.credentials.accountSid}/Recordings/${recording?.sid}`,
    );
    return only!;
  };
  return { ...stage, customer, agent, comes, ends, listen };
}

describe("<Conference record>", () => {
  it("records everybody from the start of the conference to its end, in one channel", async () => {
    const { clock, ends, listen } = await meeting(`record="record-from-start"`);
    await clock.advance(5_000);
    await ends();
    const samples = await listen();
    expect([lengthOf(samples), tonesIn(samples, TONES)]).toEqual([5, [CUSTOMER_HZ, AGENT_HZ]]);
  });

  it("does not record one who is on hold or muted, nor a coach", async () => {
    const { clock, ends, listen, emulator, customer, comes, hearing, agent } = await meeting(`record="true"`);
    await comes(COACH, COACH_HZ, { coaching: true, callSidToCoach: agent.callSid });
    const [conference] = emulator.engine.world.conferences.values();
    const held = conference?.participants.get(customer.callSid ?? "");
    emulator.engine.updateParticipant(conference!, held!, { hold: true });
    await clock.advance(4_000);
    expect(hearing()).toContain(`${AGENT} <- ${COACH}`);
    await ends();
    const samples = await listen();
    expect(tonesIn(samples.slice(1_600), TONES)).toEqual([AGENT_HZ]);
  });

  it("reports with the conference, and the customer hears no difference", async () => {
    const { clock, ends, sent, emulator, customer } = await meeting(
      `record="record-from-start" recordingStatusCallback="/recordings" recordingStatusCallbackEvent="in-progress completed"`,
    );
    await clock.advance(5_000);
    expect(customer.hears()).toEqual([AGENT]);
    await ends();
    const [conference] = emulator.engine.world.conferences.values();
    const [recording] = emulator.engine.world.recordings.values();
    const fields = {
      AccountSid: emulator.credentials.accountSid,
      ConferenceSid: conference?.sid,
      RecordingSid: recording?.sid,
      RecordingUrl: expect.stringContaining(`/Recordings/${recording?.sid}`) as string,
      RecordingChannels: "1",
      RecordingSource: "Conference",
      RecordingStartTime: "Fri, 02 Jan 2026 03:04:08 +0000",
      ErrorCode: "0",
    };
    expect(sent("/recordings")).toEqual([
      { ...fields, RecordingStatus: "in-progress" },
      { ...fields, RecordingStatus: "completed", RecordingDuration: "5" },
    ]);
  });

  it("records nothing without the attribute, nor a conference that nobody has started", async () => {
    const plain = await meeting("");
    await plain.ends();
    expect(plain.emulator.engine.world.recordings.size).toBe(0);
    const stage = await startEmulatorStage();
    stage.app.on("/voice", `<Dial><Conference record="record-from-start">room</Conference></Dial>`);
    const customer = await stage.rings();
    await stage.clock.advance(5_000);
    customer.hangUp();
    expect(stage.emulator.engine.world.recordings.size).toBe(0);
  });
});
