import { describe, expect, it } from "vitest";
import type { Fact, SurveyedFact } from "../../src/call/inputs.ts";
import { factsOf, mergeSurveys } from "../../src/call/rules/survey.ts";
import { CUSTOMER, type Label } from "../../src/call/types.ts";
import { type Scene, named, scene, sidOf, talking } from "./support/scene.ts";

const AGENT2 = "agent2-1" as Label;

/** What a survey says that shows these facts and does not know these legs. */
function told(s: Scene, { facts = [], unknown = [] }: { facts?: SurveyedFact[]; unknown?: Label[] }): Fact[] {
  const found = mergeSurveys([{ facts, unknown }]);
  return factsOf(s.record, { kind: "twilio-surveyed", at: s.now, found });
}

/** agent2 is dialled for a transfer, and Twilio has said nothing of that. */
function dialling(): Scene {
  const s = talking();
  s.transfers("agent1", "agent2");
  return s;
}

/** The only agent picks up the customer's call and hangs up on the way in. */
function pickedUpAndGone(): Scene {
  const s = scene(["agent1"]);
  s.customerCalls();
  s.rings("agent1-1");
  s.hangsUpEarly("agent1-1");
  return s;
}

function declined(): Scene {
  const s = scene(["agent1"]);
  s.customerCalls();
  s.rings("agent1-1");
  s.doesNotTake("agent1-1", "declined");
  return s;
}

describe("the parts of a survey", () => {
  it("show a live or started conference if one of them does", () => {
    expect(mergeSurveys([{ conferenceIsLive: true, conferenceHasStarted: true }, {}])).toMatchObject({
      conferenceIsLive: true,
      conferenceHasStarted: true,
    });
    expect(mergeSurveys([{}])).toMatchObject({ conferenceIsLive: false, conferenceHasStarted: false });
  });
});

describe("a leg whose call Twilio does not list", () => {
  it("stays as it is for five seconds, because the lists lag", () => {
    const s = dialling();
    s.passes(4_999);
    expect(told(s, { unknown: [AGENT2] })).toEqual([]);
  });

  it("has a failed dial if its Call SID was never reported", () => {
    const s = dialling();
    s.passes(5_000);
    expect(told(s, { unknown: [AGENT2] })).toEqual([
      { kind: "dial-failed", at: s.now, label: AGENT2, reason: "error" },
    ]);
  });

  it("has ended by an error if it is an agent's, and plainly if it is the customer's", () => {
    const s = dialling();
    s.rings(AGENT2);
    s.passes(5_000);
    expect(told(s, { unknown: [AGENT2, CUSTOMER] })).toEqual([
      {
        kind: "leg-ended",
        at: s.now,
        label: AGENT2,
        callSid: sidOf(AGENT2),
        end: { answered: false, reason: "error" },
      },
      { kind: "leg-ended", at: s.now, label: CUSTOMER, callSid: sidOf(CUSTOMER), end: { answered: true } },
    ]);
  });
});

describe("news that a survey brings long afterwards", () => {
  it("is old if it reports an end, and only then", () => {
    const s = dialling();
    s.passes(60_000);
    const at = s.now - 10_001;
    const about = { at, label: AGENT2, callSid: sidOf(AGENT2) };
    const facts: SurveyedFact[] = [
      { kind: "leg-ringing", ...about },
      { kind: "leg-ended", ...about, end: { answered: true } },
      { kind: "leg-ended", ...about, at: at + 1, end: { answered: true } },
    ];
    expect(told(s, { facts }).map((fact) => ("isOldNews" in fact ? "old" : fact.kind))).toEqual([
      "leg-ringing",
      "old",
      "leg-ended",
    ]);
  });
});

describe("a conference that a survey shows as started", () => {
  it("has started if an agent had answered and left: the customer hears music", () => {
    const call = pickedUpAndGone();
    call.shows({ conferenceHasStarted: true, conferenceIsLive: true });
    expect(call.leg("customer").onHold).toBe(true);
  });

  it("may still wait as long as no agent has answered", () => {
    const call = declined();
    call.shows({ conferenceHasStarted: true, conferenceIsLive: true });
    expect(call.leg("customer").onHold).toBe(false);
  });
});

describe("an action after its last try", () => {
  it("does not run again for a survey that does not show the leg", () => {
    const s = talking();
    s.signsOut("agent2");
    s.signsOut("agent3");
    s.asks({ kind: "change-participant", label: CUSTOMER, change: "hold" });
    for (let tries = 0; tries < 8; tries++) {
      for (const action of s.actions())
        if (action.kind === "set-hold") s.tell({ kind: "action-failed", at: s.now, action, message: "500" });
      s.passes(30_000);
      s.wakes();
    }
    expect(named(s.actions())).toEqual([]);
    s.shows({});
    expect(named(s.actions())).toEqual([]);
    s.shows({ participants: [{ label: CUSTOMER, onHold: false, muted: false, endsConference: true }] });
    expect(named(s.actions())).toEqual(["set-hold customer true"]);
  });
});
