import { describe, expect, it } from "vitest";
import { CUSTOMER, type ConferenceSid, type Label } from "../../src/call/types.ts";
import { CONFERENCE, type Scene, named, sidOf, takenOver, talking } from "./support/scene.ts";

const about = (label: string) => ({ label: label as Label, callSid: sidOf(label) });
const leavesFirstConference = (s: Scene, label: string) =>
  s.tell({ kind: "participant-left", at: s.now, ...about(label), conference: CONFERENCE });

/** The line of agent2, who ended the conference, was lost; the customer is on the way into a new one. */
function returning(): Scene {
  const s = takenOver();
  s.conferenceEnds("agent2-1");
  s.isReleased();
  return s;
}

describe("a customer who comes back into a new conference", () => {
  it("is in it, whatever Twilio still reports about the first one", () => {
    const s = returning();
    leavesFirstConference(s, "agent2-1");
    expect(s.record.conferenceSid).toBeNull();
    s.joins("customer");
    const { conferenceSid } = s.record;
    expect(conferenceSid).not.toBe(CONFERENCE);
    leavesFirstConference(s, "customer");
    expect(s.leg("customer").state).toBe("joined");
    expect(s.record).toMatchObject({ endedAt: null, conferenceSid });
  });

  it("ends the call by hanging up there", () => {
    const s = returning();
    s.joins("customer");
    s.passes(8_000);
    s.wakes();
    s.answers("agent1-2");
    const conference = s.record.conferenceSid as ConferenceSid;
    s.tell({ kind: "participant-left", at: s.now, ...about("customer"), conference, because: "hung-up" });
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "customer" });
  });

  it("finds agent3 still ringing there, and hears music while agent3 is on hold", () => {
    const s = takenOver();
    s.transfers("agent2", "agent3");
    s.rings("agent3-1");
    s.passes(1_000);
    // Twilio did not get in time that agent2 may leave.
    s.conferenceEnds("agent2-1");
    s.isReleased();
    s.joins("customer");
    expect(s.leg("agent3-1").state).toBe("ringing");
    s.joins("agent3-1");
    expect(s.outcomes().at(-1)).toEqual({ kind: "completed" });
    s.actions();
    s.asks({ kind: "change-participant", label: "agent3-1" as Label, change: "hold" });
    expect(named(s.actions())).toEqual(["set-hold customer true", "set-hold agent3-1 true"]);
  });

  it("does not change when agent1 had left", () => {
    const s = takenOver();
    const { leftAt } = s.leg("agent1-1");
    s.conferenceEnds("agent2-1");
    s.isReleased();
    expect([s.leg("agent1-1").leftAt, s.leg("agent2-1").leftAt]).toEqual([leftAt, s.now]);
  });
});

it("a conference ends the call even if Twilio reported no join before", () => {
  const s = talking();
  const ends = { kind: "conference-ended", at: s.now, conference: CONFERENCE, endedBy: CUSTOMER } as const;
  expect(s.decides({ ...s.record, conferenceSid: null }, ends)).toMatchObject({ endedBy: "customer" });
});
