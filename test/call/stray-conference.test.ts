import { describe, expect, it } from "vitest";
import { CUSTOMER, type ConferenceSid, type Label } from "../../src/call/types.ts";
import { CONFERENCE, type Scene, sidOf, talking } from "./support/scene.ts";
import { inConference } from "./support/shown.ts";

const STRAY = "CF00000000000000000000000000000002" as ConferenceSid;

/** Twilio opens a second conference of a name when somebody joins in the moment in which the first one ends. */
describe("another conference of the same name", () => {
  const joins = (s: Scene, label: Label, conference: ConferenceSid) =>
    s.tell({ kind: "participant-joined", at: s.now, label, callSid: sidOf(label), conference });

  it("may end while the customer talks on", () => {
    const s = talking();
    s.tell({ kind: "conference-ended", at: s.now, conference: STRAY, endedBy: null });
    expect(s.record).toMatchObject({ endedAt: null, conferenceEnd: null, conferenceSid: CONFERENCE });
  });

  it("does not become the call's when an agent joins it", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    joins(s, s.leg("agent2-1").label, STRAY);
    expect(s.record.conferenceSid).toBe(CONFERENCE);
  });

  it("becomes the call's when the customer joins it", () => {
    const s = talking();
    joins(s, CUSTOMER, STRAY);
    expect(s.record.conferenceSid).toBe(STRAY);
  });
});

it("a customer who has left gets no action, although Twilio's lists still show them", () => {
  const s = talking();
  s.leaves("customer");
  s.conferenceEnds("customer");
  s.actions();
  s.shows({ ...inConference(s, "customer", { endsConference: false }), facts: [] });
  expect(s.actions().filter(({ kind }) => kind !== "end-conference")).toEqual([]);
});
