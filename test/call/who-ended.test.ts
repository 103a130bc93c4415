import { describe, expect, it } from "vitest";
import type { Fact } from "../../src/call/inputs.ts";
import { CUSTOMER } from "../../src/call/types.ts";
import { CALL, CONFERENCE, type Scene, sidOf, takenOver, talking } from "./support/scene.ts";

const LETTER = { tutorialFlags: true };
const HOUR = 3_600_000;
const about = (label: string) => ({ label: label as typeof CUSTOMER, callSid: sidOf(label) });

/** Twilio tells that the customer is out, and nothing yet of the call. */
function customerIsOut(s: Scene, because?: "hung-up"): void {
  const fact = { kind: "participant-left", at: s.now, ...about("customer"), conference: CONFERENCE } as const;
  s.tell(because ? { ...fact, because } : fact);
}

describe("a call was ended by", () => {
  it("the time limit of the account, where ours is longer", () => {
    const endedAfter = (ms: number): string | null => {
      const s = talking(undefined, { maxCallMinutes: 360 });
      s.passes(s.record.startedAt + ms - s.now);
      s.conferenceEnds(null);
      return s.record.endedBy;
    };
    expect([4 * HOUR - 5_001, 4 * HOUR - 5_000].map(endedAfter)).toEqual(["error", "time-limit"]);
  });

  it("the customer, if Twilio does not report why the leg left", () => {
    const s = talking();
    s.passes(5_000);
    s.tell({ kind: "leg-ended", at: s.now, ...about("customer"), end: { answered: true } });
    expect(s.record.endedBy).toBe("customer");
  });

  it("the customer who hung up, whatever happened to the connection then", () => {
    const s = talking();
    s.passes(5_000);
    customerIsOut(s, "hung-up");
    s.tell({ kind: "leg-ended", at: s.now, ...about("customer"), end: { answered: false, reason: "error" } });
    expect(s.record.endedBy).toBe("customer");
  });

  it("the customer who hangs up after agent2 has taken over, and does not come back", () => {
    const s = takenOver();
    customerIsOut(s, "hung-up");
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "customer" });
  });

  it("the customer, and stays ended if Twilio then names another leg", () => {
    const s = takenOver();
    customerIsOut(s, "hung-up");
    const { endedAt } = s.record;
    s.passes(2_000);
    s.conferenceEnds("agent2-1");
    expect(s.record.endedAt).toBe(endedAt);
  });

  it("the first person who asked for it, at that time", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    const asked = s.now;
    s.passes(3_000);
    s.conferenceEnds(null);
    expect(s.record).toMatchObject({ endedAt: asked, endedBy: "operator" });
  });

  it("the first of two releases of the customer's line that Twilio reports", () => {
    const s = talking();
    s.asks({ kind: "end-call", by: null });
    s.isReleased();
    const first = s.now;
    s.passes(3_000);
    s.isReleased();
    expect(s.leg("customer").releasedAt).toBe(first);
  });
});

describe("with tutorialFlags, a call was ended by", () => {
  it("agent2, who hangs up before Twilio reports that agent1 has left", () => {
    const s = talking(undefined, LETTER);
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.asks({ kind: "complete-transfer", by: null });
    s.passes(5_000);
    s.leaves("agent2-1");
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "agent" });
  });

  it("agent1, if agent2 had declined before", () => {
    const s = talking(undefined, LETTER);
    s.transfers("agent1", "agent2");
    s.doesNotTake("agent2-1", "declined");
    s.passes(10_000);
    s.leaves("agent1-1");
    expect(s.record).toMatchObject({ endedAt: s.now, endedBy: "agent" });
  });

  it("no one, if agent3 still rang when agent1 left", () => {
    const s = talking(undefined, LETTER);
    s.transfers("agent1", "agent2");
    s.doesNotTake("agent2-1", "declined");
    s.transfers("agent1", "agent3");
    s.rings("agent3-1");
    s.passes(10_000);
    s.leaves("agent1-1");
    s.passes(10_000);
    s.doesNotTake("agent3-1", "declined");
    expect(s.record.endedAt).toBeNull();
  });

  it.each<[string, "hung-up" | undefined, number, string]>([
    ["in the same second, with Twilio's reason", "hung-up", 0, "customer"],
    ["in the same second, without a reason", undefined, 0, "agent"],
    ["a while after agent1", "hung-up", 5_000, "agent"],
  ])("the first to leave: the customer %s", (_, because, later, endedBy) => {
    const s = talking(undefined, LETTER);
    s.leaves("agent1-1");
    s.passes(later);
    customerIsOut(s, because);
    expect(s.record.endedBy).toBe(endedBy);
  });

  it("agent2, if the conference's end names agent2", () => {
    const s = takenOver(LETTER);
    s.conferenceEnds("agent2-1");
    expect(s.record.endedBy).toBe("agent");
  });
});

describe("a transfer", () => {
  it("is abandoned if all leave in the call's last second and Twilio gives no reason", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    s.passes(5_000);
    s.tell({ kind: "participant-left", at: s.now, ...about("agent2-1"), conference: CONFERENCE });
    s.tell({ kind: "leg-ended", at: s.now, ...about("customer"), end: { answered: true } });
    expect(s.outcomes()).toEqual([{ kind: "abandoned" }]);
  });
});

describe("the conference of a call", () => {
  it("is known from an agent's join if the customer's was not reported", () => {
    const s = talking();
    const joined: Fact = {
      kind: "participant-joined",
      at: s.now,
      ...about("agent1-1"),
      conference: CONFERENCE,
    };
    const unknown = { ...s.record, conferenceSid: null };
    expect(s.decides(unknown, joined).conferenceSid).toBe(CONFERENCE);
  });

  it("is not that of another call under the customer's label", () => {
    const s = talking();
    const callSid = `${CALL.slice(0, -1)}9` as (typeof s.record.legs)[number]["callSid"] & string;
    const stray = `${CONFERENCE}-stray` as typeof CONFERENCE;
    s.tell({ kind: "participant-joined", at: s.now, label: CUSTOMER, callSid, conference: stray });
    expect(s.record.conferenceSid).toBe(CONFERENCE);
  });

  it("has not ended if an unknown one ends after the customer's return", () => {
    const s = takenOver();
    s.conferenceEnds("agent2-1");
    s.isReleased();
    expect(s.record.returns).toHaveLength(1);
    const stray = `${CONFERENCE}-stray` as typeof CONFERENCE;
    s.tell({ kind: "conference-ended", at: s.now, conference: stray, endedBy: null });
    expect(s.record).toMatchObject({ conferenceEnd: null, endedAt: null });
  });

  it("has started if an agent was dialled and left in the second of the return", () => {
    const s = takenOver();
    s.passes(500);
    s.conferenceEnds("agent2-1");
    s.signsOut("agent1");
    s.signsOut("agent2");
    s.signsOut("agent3");
    s.isReleased();
    s.tell({
      kind: "participant-joined",
      at: s.now,
      ...about("customer"),
      conference: `${CONFERENCE}-1` as typeof CONFERENCE,
    });
    s.signsIn("agent2");
    expect(s.leg("agent2-2").dialledAt).toBe(s.record.returns?.at(-1)?.at);
    const at = Math.floor(s.now / 1_000) * 1_000;
    const who = { at, ...about("agent2-2"), conference: `${CONFERENCE}-1` as typeof CONFERENCE };
    s.tell({ kind: "participant-joined", ...who });
    s.tell({ kind: "participant-left", ...who });
    expect(s.leg("customer").onHold).toBe(true);
  });

  it("holds no one after its end", () => {
    const s = talking();
    s.hangsUp("agent1-1");
    expect(s.record.endedAt).not.toBeNull();
    expect(s.leg("customer").onHold).toBe(false);
  });
});

describe("a line is not lost", () => {
  it.each([
    ["with tutorialFlags, of an agent who hangs up", LETTER, (s: Scene) => s.leaves("agent1-1"), "agent1-1"],
    [
      "of an agent who declined the call",
      {},
      (s: Scene) => {
        s.transfers("agent1", "agent2");
        s.doesNotTake("agent2-1", "declined");
      },
      "agent2-1",
    ],
  ])("%s", (_, settings, ends, label) => {
    const s = talking(undefined, settings);
    s.passes(5_000);
    ends(s);
    expect(s.leg(label).isLost).toBe(false);
  });
});
