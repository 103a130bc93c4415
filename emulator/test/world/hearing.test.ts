import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import type { ConferenceState, ParticipantState } from "../../src/types.ts";
import { ambientOf, hearingIn } from "../../src/world/hearing.ts";
import { newParticipant } from "../../src/world/conferences.ts";

function conferenceOf(participants: ParticipantState[], status: ConferenceState["status"]): ConferenceState {
  return {
    sid: "CF1",
    friendlyName: "room",
    status,
    dateCreated: 0,
    dateUpdated: 0,
    region: "us1",
    reasonConferenceEnded: null,
    callSidEndingConference: null,
    maxParticipants: 250,
    statusCallback: null,
    record: null,
    sequence: 0,
    participants: new Map(participants.map((p) => [p.callSid, p])),
  };
}

const here = (callSid: string, change: Partial<ParticipantState> = {}): ParticipantState =>
  newParticipant({ callSid, viaApi: false, status: "connected", ...change }, 0);

const heardBy = (conference: ConferenceState): Record<string, string[]> =>
  Object.fromEntries([...hearingIn(conference)].map(([sid, heard]) => [sid, [...heard]]));

describe("hearing in a conference", () => {
  it("includes everyone but oneself once the conference has started", () => {
    const conference = conferenceOf([here("A"), here("B"), here("C")], "in-progress");
    expect(heardBy(conference)).toEqual({ A: ["B", "C"], B: ["A", "C"], C: ["A", "B"] });
  });

  it("excludes participants who still ring", () => {
    const conference = conferenceOf([here("A"), here("B"), here("C", { status: "ringing" })], "in-progress");
    expect(heardBy(conference)).toEqual({ A: ["B"], B: ["A"] });
  });

  it("lets only the coached participant hear the coach", () => {
    const coach = here("C", { coaching: true, callSidToCoach: "B" });
    const conference = conferenceOf([here("A"), here("B"), coach], "in-progress");
    expect(heardBy(conference)).toEqual({ A: ["B"], B: ["A", "C"], C: ["A", "B"] });
  });

  it("never includes a held or muted participant, and a held one hears no one", () => {
    const participant = fc.record({ muted: fc.boolean(), hold: fc.boolean() });
    fc.assert(
      fc.property(fc.array(participant, { minLength: 2, maxLength: 6 }), (changes) => {
        const people = changes.map((change, i) => here(`P${i}`, change));
        const hearing = hearingIn(conferenceOf(people, "in-progress"));
        for (const listener of people)
          for (const speaker of people) {
            const expected = listener !== speaker && !listener.hold && !speaker.hold && !speaker.muted;
            expect(hearing.get(listener.callSid)?.has(speaker.callSid)).toBe(expected);
          }
      }),
    );
  });
});

describe("music", () => {
  it("plays before the start for waiting participants, and always on hold", () => {
    const [waits, held] = [here("A"), here("B", { hold: true })];
    for (const status of ["init", "in-progress"] as const) {
      const conference = conferenceOf([waits, held], status);
      expect(ambientOf(conference, waits)).toBe(status === "init" ? "wait" : null);
      expect(ambientOf(conference, held)).toBe("hold");
    }
  });
});
