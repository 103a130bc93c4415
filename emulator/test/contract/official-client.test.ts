import type twilio from "twilio";
import { afterEach, describe, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { NUMBER, type Twilio } from "../rest/support/twilio.ts";
import type { Exchange } from "../../../test/support/contract/client.ts";
import { describedClient } from "./described-client.ts";

const TWIML = "<Response><Pause length='60'/></Response>";
const EVENTS = "http://127.0.0.1:9/events";

let local: Twilio;
let client: twilio.Twilio;
let asked: ReadonlySet<string | undefined>;

async function joinBoth(): Promise<{ conference: string; agent1: string }> {
  const room = client.conferences("room").participants;
  const common = { from: NUMBER, statusCallback: EVENTS, statusCallbackEvent: ["initiated", "answered"] };
  const first = await room.create({ ...common, to: "client:agent1", label: "agent1-1", earlyMedia: false });
  await room.create({ ...common, to: "client:agent2?from=customer", label: "agent2-1", waitUrl: "" });
  await local.clock.advance(2_000);
  return { conference: first.conferenceSid, agent1: first.callSid };
}

describe("the official client", () => {
  let exchanges: readonly Exchange[];
  asked = describedClient((asking) => {
    ({ local, client, exchanges } = asking);
    local.emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 1_000 } });
    local.emulator.people.add("client:agent2", { habit: { kind: "answers", afterMs: 1_000 } });
  });
  afterEach(() => expect(exchanges.length).toBeGreaterThan(0));

  it("reads the account and its number, and points the number at an app", async () => {
    const account = await client.api.accounts(local.emulator.credentials.accountSid).fetch();
    expect(account.status).toBe("active");
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: NUMBER });
    expect(number?.capabilities.voice).toBe(true);
    const voiceUrl = "https://example.com/conference/connect/client";
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl, voiceMethod: "POST" });
    expect((await client.incomingPhoneNumbers(number?.sid ?? "").fetch()).voiceUrl).toBe(voiceUrl);
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: "" });
  });

  it("makes a TwiML application, changes and deletes it", async () => {
    const { sid } = await client.applications.create({
      friendlyName: "Out",
      voiceUrl: "https://example.com/out",
    });
    expect((await client.applications.list({ friendlyName: "Out" })).map((each) => each.sid)).toEqual([sid]);
    const changed = await client.applications(sid).update({ voiceMethod: "GET", statusCallback: EVENTS });
    expect((await client.applications(sid).fetch()).toJSON()).toEqual(changed.toJSON());
    expect(changed.voiceMethod).toBe("GET");
    expect(await client.applications(sid).remove()).toBe(true);
  });

  it("calls an application, and brings one into a conference", async () => {
    const { sid, publicApplicationConnectEnabled } = await client.applications.create({
      voiceUrl: `${local.emulator.url}/echo?Twiml=${encodeURIComponent(TWIML)}`,
      publicApplicationConnectEnabled: true,
    });
    expect(publicApplicationConnectEnabled).toBe(true);
    const to = `app:${sid}`;
    const call = await client.calls.create({ to, from: NUMBER, twiml: TWIML });
    const participant = await client.conferences("room").participants.create({ to, from: NUMBER });
    await local.clock.advance(1_000);
    for (const callSid of [call.sid, participant.callSid])
      expect(await client.calls(callSid).fetch()).toMatchObject({ to, status: "in-progress" });
    const own = (await client.calls.list()).filter((each) => each.to === sid);
    expect(own.map(({ direction, status }) => [direction, status])).toEqual([
      ["inbound", "in-progress"],
      ["inbound", "in-progress"],
    ]);
    const missing = client.calls.create({ to: `app:AP${"0".repeat(32)}`, from: NUMBER, twiml: TWIML });
    await expect(missing).rejects.toMatchObject({ status: 400, code: 21218 });
  });

  it("makes an API key, gets its secret once, and deletes it", async () => {
    const { sid, secret } = await client.newKeys.create({ friendlyName: "for the contract" });
    expect(secret).toMatch(/^[0-9A-Za-z]{32}$/);
    expect((await client.keys.list()).map((key) => key.sid)).toContain(sid);
    expect((await client.keys(sid).fetch()).friendlyName).toBe("for the contract");
    expect(await client.keys(sid).remove()).toBe(true);
  });

  it("calls, follows the call, and hangs up", async () => {
    const { sid } = await client.calls.create({
      to: "client:agent1",
      from: NUMBER,
      twiml: TWIML,
      timeout: 20,
      statusCallback: EVENTS,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    });
    await local.clock.advance(2_000);
    const running = await client.calls(sid).fetch();
    expect([running.status, running.startTime instanceof Date]).toEqual(["in-progress", true]);
    const startTimeAfter = new Date(local.clock.now() - 60_000);
    expect(await client.calls.list({ status: "in-progress", startTimeAfter })).toHaveLength(1);
    await client.calls(sid).update({ status: "completed" });
    expect((await client.calls(sid).fetch()).status).toBe("completed");
  });

  it("follows a list over its pages", async () => {
    for (let i = 0; i < 5; i++)
      await client.calls.create({ to: "client:agent1", from: NUMBER, twiml: TWIML });
    const found = await client.calls.list({ pageSize: 2 });
    expect(new Set(found.map((call) => call.sid)).size).toBe(5);
    const page = await client.calls.page({ pageSize: 2 });
    const back = await (await page.nextPage())?.previousPage();
    expect(back?.instances.map((call) => call.sid)).toEqual(page.instances.map((call) => call.sid));
  });

  it("holds, mutes, announces to and removes a participant by Call SID and label", async () => {
    const { conference, agent1 } = await joinBoth();
    const { participants } = client.conferences(conference);
    const held = await client
      .conferences(conference)
      .participants(agent1)
      .update({ hold: true, muted: true });
    expect([held.hold, held.muted, held.label]).toEqual([true, true, "agent1-1"]);
    await client.conferences(conference).participants("agent2-1").update({ endConferenceOnExit: true });
    expect((await participants.list({ hold: true })).map((each) => each.callSid)).toEqual([agent1]);
    expect((await client.conferences(conference).participants("agent1-1").fetch()).status).toBe("connected");
    expect(await client.conferences(conference).participants("agent1-1").remove()).toBe(true);
    await local.clock.advance(100);
    expect(await participants.list()).toHaveLength(1);
  });

  it("finds a conference by name and ends it", async () => {
    const { conference } = await joinBoth();
    const [found] = await client.conferences.list({ friendlyName: "room", status: "in-progress" });
    expect(found?.sid).toBe(conference);
    await client.conferences(conference).update({ announceUrl: "http://127.0.0.1:9/announce" });
    await client.conferences(conference).update({ status: "completed" });
    await local.clock.advance(100);
    const ended = await client.conferences(conference).fetch();
    expect([ended.status, ended.reasonConferenceEnded]).toEqual(["completed", "conference-ended-via-api"]);
  });

  it("deletes a call that is over, and no other", async () => {
    const { sid } = await client.calls.create({ to: "client:agent1", from: NUMBER, twiml: TWIML });
    await expect(client.calls(sid).remove()).rejects.toMatchObject({ code: 20009 });
    await client.calls(sid).update({ status: "completed" });
    await local.clock.advance(100);
    expect(await client.calls(sid).remove()).toBe(true);
    await expect(client.calls(sid).fetch()).rejects.toMatchObject({ code: 20404 });
  });

  it("throws Twilio's errors with code, status and page", async () => {
    const missing = client.calls(`CA${"0".repeat(32)}`).fetch();
    await expect(missing).rejects.toMatchObject({
      status: 404,
      code: 20404,
      moreInfo: "https://www.twilio.com/docs/errors/20404",
    });
  });
});

it("these tests used every operation of the emulator, except those that have tests of their own", () => {
  const elsewhere = /Recording|Queue|Member|Stream|UserDefined/;
  const names = coverage.operations.map(({ name }) => name).filter((name) => !elsewhere.test(name));
  expect(names.filter((name) => !asked.has(name))).toEqual([]);
});
