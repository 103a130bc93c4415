import type twilio from "twilio";
import { describe, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { NUMBER, type Twilio } from "../rest/support/twilio.ts";
import { fetchChannels, lengthOf, tonesIn } from "../support/channels.ts";
import { describedClient } from "./described-client.ts";

const HZ = 600;
const MUSIC = "<Response><Pause length='600'/></Response>";

let local: Twilio;
let client: twilio.Twilio;
const asked = describedClient((asking) => {
  ({ local, client } = asking);
  for (const name of ["alice", "bob"])
    local.emulator.people.add(`client:${name}`, {
      habit: { kind: "answers", afterMs: 0 },
      voice: { kind: "tone", hz: HZ },
    });
});

const sound = (sid: string) => {
  const { accountSid } = local.emulator.credentials;
  return `${local.emulator.url}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
};

/** Alice is called and speaks. */
async function call(options: Partial<Parameters<typeof client.calls.create>[0]> = {}) {
  const order = { to: "client:alice", from: NUMBER, twiml: MUSIC, ...options };
  const { sid } = await client.calls.create(order);
  await local.clock.advance(0);
  return client.calls(sid);
}

describe("a recording of a call by REST", () => {
  it("begins, and ends with the call", async () => {
    const alice = await call();
    await local.clock.advance(5_000);
    const made = await alice.recordings.create({ recordingChannels: "dual" });
    expect(made).toMatchObject({ status: "in-progress", source: "StartCallRecordingAPI", channels: 2 });
    expect(made).toMatchObject({ track: "both", duration: null, conferenceSid: null });
    await local.clock.advance(3_000);
    await alice.update({ status: "completed" });
    expect(await alice.recordings(made.sid).fetch()).toMatchObject({ status: "completed", duration: "3" });
    const [said, heard] = await fetchChannels(sound(made.sid));
    expect([tonesIn(said!, [HZ]), tonesIn(heard!, [HZ]), lengthOf(said!)]).toEqual([[HZ], [], 3]);
    const [mixed, ...others] = await fetchChannels(`${sound(made.sid)}.wav?RequestedChannels=1`);
    expect([others.length, lengthOf(mixed!)]).toEqual([0, 3]);
  });

  it.each([
    ["skip", 4],
    ["silence", 9],
  ])("is paused with %s, and goes on", async (pauseBehavior, seconds) => {
    const alice = await call();
    const { sid } = await alice.recordings.create();
    await local.clock.advance(2_000);
    const current = alice.recordings("Twilio.CURRENT");
    expect(await current.update({ status: "paused", pauseBehavior })).toMatchObject({
      sid,
      status: "paused",
    });
    await local.clock.advance(5_000);
    expect(await alice.recordings(sid).fetch()).toMatchObject({ status: "paused", duration: null });
    expect(await current.update({ status: "in-progress" })).toMatchObject({ status: "in-progress" });
    await local.clock.advance(2_000);
    expect(await current.update({ status: "stopped" })).toMatchObject({ sid, status: "stopped" });
    expect(await alice.recordings(sid).fetch()).toMatchObject({
      status: "completed",
      duration: String(seconds),
    });
    const [samples] = await fetchChannels(sound(sid));
    const middle = samples!.slice(samples!.length / 2 - 800, samples!.length / 2 + 800);
    expect([lengthOf(samples!), tonesIn(middle, [HZ])]).toEqual([
      seconds,
      pauseBehavior === "skip" ? [HZ] : [],
    ]);
    await expect(current.update({ status: "paused" })).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(alice.recordings(sid).update({ status: "paused" })).rejects.toMatchObject({ code: 21220 });
  });

  it("is refused for a call that is not in progress, and for one that does not exist", async () => {
    const { sid } = await client.calls.create({ to: "client:nobody", from: NUMBER, twiml: MUSIC });
    await expect(client.calls(sid).recordings.create()).rejects.toMatchObject({ status: 400, code: 21220 });
    const missing = client.calls(`CA${"1".repeat(32)}`).recordings.create();
    await expect(missing).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("has one channel only if it was recorded so", async () => {
    const alice = await call();
    const { sid } = await alice.recordings.create();
    await local.clock.advance(1_000);
    await alice.recordings(sid).update({ status: "stopped" });
    const answer = await fetch(`${sound(sid)}?RequestedChannels=2`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 16113 }]);
  });

  it("is absent if it has no sound at all", async () => {
    const alice = await call();
    const { sid } = await alice.recordings.create();
    await alice.recordings(sid).update({ status: "stopped" });
    expect(await alice.recordings(sid).fetch()).toMatchObject({ status: "absent", errorCode: 16101 });
  });
});

describe("Record of CreateCall", () => {
  it("records from the answer on, and tells the status callback", async () => {
    const statusCallback = `${local.emulator.url}/echo`;
    const alice = await call({ record: true, statusCallback, recordingStatusCallback: statusCallback });
    await local.clock.advance(4_000);
    await alice.update({ status: "completed" });
    await local.clock.advance(0);
    const [recording, ...others] = await alice.recordings.list();
    expect([others, recording]).toMatchObject([[], { source: "OutboundAPI", duration: "4", channels: 1 }]);
    const told = {
      RecordingSid: recording?.sid,
      RecordingUrl: sound(recording?.sid ?? ""),
      RecordingDuration: "4",
    };
    const sent = (kind: string) =>
      local.emulator.deliveries.filter((delivery) => delivery.kind === kind).map(({ params }) => params);
    expect(sent("call-status")).toMatchObject([{ CallStatus: "completed", ...told }]);
    expect(sent("recording-status")).toMatchObject([
      { RecordingStatus: "completed", RecordingSource: "OutboundAPI" },
    ]);
  });
});

describe("a recording of a conference", () => {
  it("is asked for by CreateParticipant, listed, paused, stopped and deleted", async () => {
    const join = (to: string, change = {}) =>
      client.conferences("room").participants.create({ to, from: NUMBER, beep: "false", ...change });
    const { conferenceSid, callSid } = await join("client:alice", { conferenceRecord: "record-from-start" });
    await local.clock.advance(5_000);
    const room = client.conferences(conferenceSid);
    expect(await room.recordings.list()).toEqual([]);
    await join("client:bob", { record: true });
    await local.clock.advance(2_000);
    const [recording] = await room.recordings.list();
    const sid = recording?.sid ?? "";
    expect(recording).toMatchObject({ conferenceSid, callSid, status: "in-progress", source: "Conference" });
    const current = room.recordings("Twilio.CURRENT");
    expect(await current.update({ status: "paused", pauseBehavior: "skip" })).toMatchObject({
      status: "paused",
    });
    await local.clock.advance(9_000);
    await current.update({ status: "in-progress" });
    await local.clock.advance(1_000);
    expect(await current.update({ status: "stopped" })).toMatchObject({ sid, status: "stopped" });
    expect(await room.recordings(sid).fetch()).toMatchObject({ status: "completed", duration: "3" });
    expect((await client.recordings.list({ conferenceSid })).map((each) => each.sid)).toEqual([sid]);
    expect(await client.calls(callSid).recordings.list()).toEqual([]);
    expect(await room.recordings(sid).remove()).toBe(true);
    await expect(room.recordings(sid).fetch()).rejects.toMatchObject({ status: 404 });
    await room.update({ status: "completed" });
    const [ofBob, ...others] = await client.recordings.list();
    expect([others, ofBob]).toMatchObject([
      [],
      { source: "OutboundAPI", duration: "12", conferenceSid: null },
    ]);
  });
});

it("these tests used every operation on recordings that are being made", () => {
  const names = coverage.operations.map(({ name }) => name);
  const live = names.filter((name) => /ConferenceRecording|(Create|Update)CallRecording/.test(name));
  expect(live).toHaveLength(6);
  expect(live.filter((name) => !asked.has(name))).toEqual([]);
});
