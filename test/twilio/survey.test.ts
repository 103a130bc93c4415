import { describe, expect, it } from "vitest";
import type { CallSid, Label, Leg } from "../../src/call/types.ts";
import { restError } from "./support/rest-stand-in.ts";
import {
  LONG_AGO,
  NOW,
  about,
  agent,
  call,
  calls,
  conference,
  customer,
  dialledTo,
  one,
  people,
  person,
  rfc2822,
  survey,
} from "./support/surveyed-twilio.ts";
import { AGENT_SID, CALL, CONFERENCE, agentLeg, settings } from "./support/values.ts";

describe("a survey of a call in which people talk", () => {
  it("takes one request, and returns the participants and their states", async () => {
    const { found, requests } = await survey(
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
    expect(requests()).toEqual([expect.stringMatching(/^GET .Conferences.CF\w+.Participants.json/)]);
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
    const { found, requests } = await survey({ ...documents, ...people(person(CALL)) }, [customer], null);
    expect(found).toMatchObject({ alive: ["customer"], conferenceIsLive: true });
    expect(requests()[0]).toContain(`FriendlyName=${CALL}`);
    expect(requests()).toHaveLength(2);
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
    const { found, requests } = await survey(
      { ...none, ...calls(call(CALL, "in-progress")) },
      [customer],
      null,
    );
    expect(found).toMatchObject({ alive: ["customer"], conferenceIsLive: false });
    expect(requests()).toHaveLength(2);
  });
});

describe("a survey of a customer who is alone", () => {
  const unseen = agentLeg({ end: { answered: true }, leftAt: NOW - 1_000 });
  const declined = agentLeg({ end: { answered: false, reason: "declined" }, leftAt: NOW - 1_000 });

  it("checks whether the conference has started when an agent answered without a reported join", async () => {
    const documents = { ...people(person(CALL)), ...one("in-progress") };
    const { found, requests } = await survey(documents, [customer, unseen]);
    expect(found.conferenceHasStarted).toBe(true);
    expect(requests()).toHaveLength(2);
  });

  it.each([
    ["no agent answered", [person(CALL)], declined],
    ["the customer is on hold", [person(CALL, { hold: true })], unseen],
    ["somebody else is there", [person(CALL), person(AGENT_SID)], { ...unseen, callSid: AGENT_SID }],
  ])("takes one request when %s", async (_, participants, leg) => {
    const { found, requests } = await survey({ ...people(...participants), ...one("in-progress") }, [
      customer,
      leg,
    ]);
    expect(found.conferenceHasStarted).toBe(false);
    expect(requests()).toHaveLength(1);
  });
});

describe("a survey whose list lags, when an agent's leg has ended", () => {
  const over = call(AGENT_SID, "canceled");
  const of = async (...documents: ReturnType<typeof call>[]) =>
    (await survey({ ...people(person(CALL)), ...calls(over, ...documents) }, [customer, agent])).found;

  it("finds that the customer who is still listed has hung up", async () => {
    const { facts } = await of(call(CALL, "completed", { end_time: rfc2822(NOW - 3_000) }));
    const end = { answered: true };
    expect(facts).toContainEqual({
      kind: "leg-ended",
      at: NOW - 3_000,
      label: "customer",
      callSid: CALL,
      end,
    });
  });

  it.each([
    ["goes on", [call(CALL, "in-progress")]],
    ["is not found", []],
  ])("believes the list when the customer's call %s", async (_, documents) => {
    const found = await of(...documents);
    expect(found).toMatchObject({ alive: ["customer"], unknown: [] });
    expect(found.facts.filter(({ kind }) => kind === "leg-ended")).toMatchObject([{ label: "agent1-1" }]);
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
    const { requests } = await survey(talking, [
      customer,
      agentLeg({ end: { answered: true }, joinedAt: 1, leftAt: 2 }),
    ]);
    expect(requests()).toHaveLength(1);
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
      agentLeg({ end: { answered: true }, joinedAt: 1 }),
      leg,
    ]);

  it("finds the call to its agent that was made after the dial", async () => {
    const { found, requests } = await look(lost(), made("d", 20_000), made("e", 25_000));
    expect(found.facts).toContainEqual({
      kind: "leg-ringing",
      at: NOW - 20_000,
      label: "agent1-2",
      callSid: `CA${"d".repeat(32)}`,
    });
    const query = new URLSearchParams(requests()[1]?.split("?")[1]);
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
    expect((await look(failed)).requests()).toHaveLength(1);
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
