import { afterEach, describe, expect, it } from "vitest";
import type { CallSid, Label, Leg } from "../../src/call/types.ts";
import { createTelephony } from "../../src/twilio/telephony.ts";
import { type Answer, restError, startRestStandIn } from "./support/rest-stand-in.ts";
import { AGENT_SID, CALL, CONFERENCE, agentLeg, customerLeg, settings } from "./support/values.ts";

const ROOT = `/2010-04-01/Accounts/${settings.accountSid}`;
const NOW = Date.parse("2027-01-15T08:10:00Z");
const LONG_AGO = NOW - 300_000;
const rfc2822 = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

type Documents = Record<string, Answer | object>;

/** Surveys a call at a Twilio that has these documents, by path (the query is cut off). Anything else is not there. */
async function survey(
  documents: Documents,
  legs: readonly Leg[],
  sid: typeof CONFERENCE | null = CONFERENCE,
  ahead = 0,
) {
  const rest = await startRestStandIn(({ path }) => {
    const document = documents[path.split("?")[0]?.replace(ROOT, "") ?? ""];
    if (document === undefined) return restError(404, 20404);
    return "status" in document && "body" in document ? document : { status: 200, body: document };
  });
  close = () => rest.close();
  const telephony = createTelephony({ ...settings, apiBaseUrl: rest.url });
  const asked = () => rest.requests.map(({ method, path }) => `${method} ${path.replace(ROOT, "")}`);
  const order = { conference: { name: CALL, sid }, legs, at: NOW, ahead };
  return { found: await telephony.survey(order), asked };
}

const person = (callSid: string, change: object = {}) => ({
  call_sid: callSid,
  label: null,
  status: "connected",
  hold: false,
  muted: false,
  end_conference_on_exit: false,
  date_created: rfc2822(LONG_AGO),
  ...change,
});
const people = (...participants: object[]) => ({
  [`/Conferences/${CONFERENCE}/Participants.json`]: { participants, next_page_uri: null },
});
const conference = (status: string, change: object = {}) => ({
  sid: CONFERENCE,
  status,
  date_updated: rfc2822(NOW - 5_000),
  call_sid_ending_conference: null,
  ...change,
});
const one = (status: string, change?: object) => ({
  [`/Conferences/${CONFERENCE}.json`]: conference(status, change),
});
const call = (sid: string, status: string, change: object = {}) => ({
  sid,
  status,
  date_created: rfc2822(LONG_AGO),
  date_updated: rfc2822(NOW),
  end_time: null,
  ...change,
});
const calls = (...all: ReturnType<typeof call>[]) =>
  Object.fromEntries(all.map((each) => [`/Calls/${each.sid}.json`, each]));
const dialledTo = (...found: object[]) => ({ "/Calls.json": { calls: found, next_page_uri: null } });

const customer = customerLeg();
const agent = agentLeg({ dialledAt: LONG_AGO });
const about = { label: agent.label, callSid: AGENT_SID };

describe("a survey of a call in which people talk", () => {
  it("takes one request, and returns the participants and their states", async () => {
    const { found, asked } = await survey(
      people(person(CALL, { end_conference_on_exit: true, hold: true }), person(AGENT_SID, { muted: true })),
      [customer, agent],
    );
    expect(found.participants).toEqual([
      { label: "customer", onHold: true, muted: false, endsConference: true },
      { label: "agent1-1", onHold: false, muted: true, endsConference: false },
    ]);
    expect(found.facts).toContainEqual({
      kind: "participant-joined",
      at: LONG_AGO,
      ...about,
      conference: CONFERENCE,
    });
    expect(found).toMatchObject({ alive: ["customer", "agent1-1"], unknown: [], conferenceIsLive: true });
    expect(asked()).toEqual([expect.stringMatching(/^GET .Conferences.CF\w+.Participants.json/)]);
  });

  it("leaves out strangers, and knows a leg by its label whose Call SID we never learned", async () => {
    const stranger = person(`CA${"e".repeat(32)}`, { label: "agent9-1" });
    const lost = agentLeg({ callSid: null });
    const { found } = await survey(people(person(CALL), stranger, person(AGENT_SID, { label: "agent1-1" })), [
      customer,
      lost,
    ]);
    expect(found.alive).toEqual(["customer", "agent1-1"]);
  });

  it.each(["init", "in-progress"])("finds the conference by its name while it is %s", async (status) => {
    const documents = { "/Conferences.json": { conferences: [conference(status)], next_page_uri: null } };
    const { found, asked } = await survey({ ...documents, ...people(person(CALL)) }, [customer], null);
    expect(found).toMatchObject({ alive: ["customer"], conferenceIsLive: true });
    expect(asked()[0]).toContain(`FriendlyName=${CALL}`);
    expect(asked()).toHaveLength(2);
  });
});

describe("a survey of an ended conference", () => {
  it("returns the end, and who caused it", async () => {
    const { found } = await survey(
      {
        ...people(),
        ...one("completed", { call_sid_ending_conference: AGENT_SID }),
        ...calls(call(CALL, "completed", { end_time: rfc2822(NOW - 3_000) })),
      },
      [customer, agentLeg({ end: { answered: true }, leftAt: NOW })],
    );
    expect(found.facts).toEqual([
      { kind: "conference-ended", at: NOW - 5_000, conference: CONFERENCE, endedBy: "agent1-1" },
      { kind: "leg-ended", at: NOW - 3_000, label: "customer", callSid: CALL, end: { answered: true } },
    ]);
    expect(found.conferenceIsLive).toBe(false);
  });

  it("concludes nothing from a missing conference, and fetches the calls", async () => {
    const none = { "/Conferences.json": { conferences: [], next_page_uri: null } };
    const { found, asked } = await survey({ ...none, ...calls(call(CALL, "in-progress")) }, [customer], null);
    expect(found).toMatchObject({ alive: ["customer"], conferenceIsLive: false });
    expect(asked()).toHaveLength(2);
  });
});

describe("a survey of a leg outside the conference", () => {
  const talking = { ...people(person(CALL)) };
  const of = async (document: ReturnType<typeof call>) =>
    (await survey({ ...talking, ...calls(document) }, [customer, agent])).found;

  it.each([
    ["queued", "leg-dialled"],
    ["ringing", "leg-ringing"],
    ["in-progress", "leg-dialled"],
  ])("returns that it is %s", async (status, kind) => {
    const found = await of(call(AGENT_SID, status));
    expect(found.facts).toContainEqual({ kind, at: LONG_AGO, ...about });
    expect(found.alive).toContain("agent1-1");
  });

  it.each([
    ["completed", { answered: true }],
    ["busy", { answered: false, reason: "declined" }],
    ["no-answer", { answered: false, reason: "no-answer" }],
    ["failed", { answered: false, reason: "error" }],
    ["canceled", { answered: false, reason: "cancelled" }],
  ])("returns that it has ended: %s", async (status, end) => {
    const found = await of(call(AGENT_SID, status, { end_time: rfc2822(NOW - 60_000) }));
    expect(found.facts).toContainEqual({ kind: "leg-ended", at: NOW - 60_000, ...about, end });
    expect(found.alive).toEqual(["customer"]);
  });

  it("returns that Twilio does not know it", async () => {
    expect((await survey(talking, [customer, agent])).found.unknown).toEqual(["agent1-1"]);
  });

  it("fetches no leg whose end is known", async () => {
    const { asked } = await survey(talking, [customer, agentLeg({ end: { answered: true }, leftAt: 1 })]);
    expect(asked()).toHaveLength(1);
  });
});

describe("a survey of a leg whose Call SID we never learned", () => {
  const lost = (change: Partial<Leg> = {}) =>
    agentLeg({ callSid: null, dialledAt: NOW - 20_500, label: "agent1-2" as Label, ...change });
  const made = (letter: string, ago: number, status = "ringing") =>
    call(`CA${letter.repeat(32)}`, status, { date_created: rfc2822(NOW - ago) });
  const look = (leg: Leg, ...found: object[]) =>
    survey({ ...people(person(CALL)), ...dialledTo(...found) }, [
      customer,
      agentLeg({ end: { answered: true } }),
      leg,
    ]);

  it("finds the call to its agent that was made after the dial", async () => {
    const { found, asked } = await look(lost(), made("d", 20_000), made("e", 25_000));
    expect(found.facts).toContainEqual({
      kind: "leg-ringing",
      at: NOW - 20_000,
      label: "agent1-2",
      callSid: `CA${"d".repeat(32)}`,
    });
    const query = new URLSearchParams(asked()[1]?.split("?")[1]);
    expect([query.get("To"), query.get("From")]).toEqual(["client:agent1", settings.number]);
    expect(query.has("StartTime")).toBe(false);
  });

  it("finds one that has ended meanwhile", async () => {
    const { found } = await look(lost(), made("d", 20_000, "no-answer"));
    expect(found.facts.at(-1)).toMatchObject({ kind: "leg-ended", end: { reason: "no-answer" } });
  });

  it("does not take another leg's call for it, nor an earlier one", async () => {
    const { found } = await look(lost(), made("a", 20_000), made("e", 25_000));
    expect(found.unknown).toEqual(["agent1-2"]);
  });

  it("finds one whose dial counts as failed, and not the agent's next call", async () => {
    const failed = lost({ end: { answered: false, reason: "error" }, leftAt: NOW - 10_000 });
    const { found } = await look(failed, made("e", 9_000), made("d", 20_000));
    expect(found.facts.at(-1)).toMatchObject({
      label: "agent1-2",
      callSid: `CA${"d".repeat(32)}` as CallSid,
    });
  });

  it("is not looked for any more two minutes after its dial has failed", async () => {
    const failed = lost({ end: { answered: false, reason: "error" }, leftAt: NOW - 120_000 });
    expect((await look(failed)).asked()).toHaveLength(1);
  });
});

describe("a survey without a response", () => {
  it.each([
    [restError(503, 20503), "network"],
    [{ status: 404, body: "<html></html>", type: "text/html" }, "network"],
    [restError(401, 20003), "auth"],
  ])("fails as a whole: %j", async (answer, category) => {
    const documents = { ...people(person(CALL)), [`/Calls/${AGENT_SID}.json`]: answer };
    await expect(survey(documents, [customer, agent])).rejects.toMatchObject({ category });
  });
});
