import type twilio from "twilio";
import { expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import type { Twilio } from "../rest/support/twilio.ts";
import { describedClient } from "./described-client.ts";

const LEAVE_A_MESSAGE = "<Response><Record timeout='2'/></Response>";

let local: Twilio;
let client: twilio.Twilio;
const asked = describedClient((asking) => {
  ({ local, client } = asking);
});

/** Calls somebody who speaks for three seconds after the beep, or stays quiet. @returns the Call SID */
async function record(hz: number | null): Promise<string> {
  const voice = hz === null ? ({ kind: "quiet" } as const) : ({ kind: "tone", hz } as const);
  const person = local.emulator.people.add("client:caller", {
    voice,
    habit: { kind: "answers", afterMs: 0 },
  });
  const order = { to: "client:caller", from: local.emulator.numbers[0]?.phoneNumber ?? "" };
  const { sid } = await client.calls.create({ ...order, twiml: LEAVE_A_MESSAGE });
  await local.clock.advance(3_300);
  person.say({ kind: "quiet" });
  await local.clock.advance(3_000);
  person.leave();
  return sid;
}

it("the client lists, fetches and deletes a recording, for the account and for the call", async () => {
  const callSid = await record(500);
  const [listed, ...others] = await client.recordings.list({ callSid });
  expect([others, listed]).toMatchObject([
    [],
    { callSid, status: "completed", duration: "3", channels: 1, source: "RecordVerb" },
  ]);
  const sid = listed?.sid ?? "";
  const ofCall = client.calls(callSid).recordings;
  expect((await ofCall.list()).map((each) => each.sid)).toEqual([sid]);
  expect((await ofCall(sid).fetch()).duration).toBe("3");
  const { mediaUrl } = await client.recordings(sid).fetch();
  const heard = () => fetch(`${mediaUrl}.wav`).then(({ status }) => status);
  expect(await heard()).toBe(200);
  expect(await client.recordings(sid).remove()).toBe(true);
  expect([await client.recordings.list(), await heard()]).toEqual([[], 404]);
  await expect(client.recordings(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("the client deletes a recording by its own call, and by no other call", async () => {
  const mine = await record(500);
  const [recording] = await client.calls(mine).recordings.list();
  const other = await record(null);
  const sid = recording?.sid ?? "";
  await expect(client.calls(other).recordings(sid).remove()).rejects.toMatchObject({ status: 404 });
  expect(await client.calls(mine).recordings(sid).remove()).toBe(true);
});

it("the client sees a recording in progress, and one without speech", async () => {
  await record(null);
  const [silent] = await client.recordings.list();
  expect(silent).toMatchObject({ status: "absent", duration: "0", errorCode: 16102 });
  expect((await fetch(silent?.mediaUrl ?? "")).status).toBe(404);
  local.emulator.people.add("client:talker", {
    voice: { kind: "tone", hz: 500 },
    habit: { kind: "answers", afterMs: 0 },
  });
  const from = local.emulator.numbers[0]?.phoneNumber ?? "";
  await client.calls.create({ to: "client:talker", from, twiml: LEAVE_A_MESSAGE });
  await local.clock.advance(1_000);
  expect((await client.recordings.list()).map(({ status }) => status)).toEqual(["in-progress", "absent"]);
});

it("the client finds recordings by date, and none for a conference", async () => {
  await record(500);
  const day = 24 * 60 * 60 * 1000;
  const [yesterday, tomorrow] = [-day, day].map((ms) => new Date(local.clock.now() + ms));
  const found = async (filter: object): Promise<number> => (await client.recordings.list(filter)).length;
  expect(await found({ dateCreatedAfter: yesterday, dateCreatedBefore: tomorrow })).toBe(1);
  expect(await found({ dateCreatedBefore: yesterday })).toBe(0);
  expect(await found({ conferenceSid: `CF${"1".repeat(32)}` })).toBe(0);
});

it("these tests used every operation on recordings, except those of live-recordings.test.ts", () => {
  const live = /ConferenceRecording|(Create|Update)CallRecording/;
  const names = coverage.operations.map(({ name }) => name).filter((name) => name.includes("Recording"));
  expect(names.filter((name) => !live.test(name) && !asked.has(name))).toEqual([]);
});
