import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Action, CallRecord, Leg } from "../../src/call/types.ts";
import { begunCall, randomSteps } from "./support/random-calls.ts";
import type { Scene } from "./support/scene.ts";

/** Runs random steps, and shows each moment: the record before and after a step, and what was decided. */
function eachMoment(
  look: (before: CallRecord, after: CallRecord, actions: Action[], s: Scene) => void,
): void {
  fc.assert(
    fc.property(randomSteps, (steps) => {
      const s = begunCall();
      for (const step of steps) {
        const before = s.record;
        step(s);
        look(before, s.record, s.actions(), s);
      }
    }),
    { numRuns: 150 },
  );
}

const dialsIn = (actions: readonly Action[]): string[] =>
  actions.filter((action) => action.kind === "dial").map((action) => action.label);

/** Between a consultation's start and its end, unless the agents have changed places with the customer. */
const isConsulted = ({ record }: Scene): boolean =>
  record.transfers.some(
    ({ mode, phase, swappedAt = [] }) =>
      ((phase === "ringing" || phase === "briefing") && mode !== "three-way") ||
      (phase === "consulting" && swappedAt.length % 2 === 0),
  );

describe("whatever people, Twilio and time do", () => {
  it("at most one transfer is open, and each target gets one dial (invariant 5)", () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const s = begunCall();
        const dials = dialsIn(s.actions());
        for (const step of steps) {
          step(s);
          dials.push(...dialsIn(s.actions()));
          expect(s.record.transfers.filter(({ outcome }) => outcome === null).length).toBeLessThanOrEqual(1);
        }
        const dialled = s.record.legs.filter(({ role }) => role !== "customer").map(({ label }) => label);
        expect(dials.toSorted()).toEqual(dialled.toSorted());
        expect(new Set(dials).size).toBe(dials.length);
      }),
      { numRuns: 150 },
    );
  });

  it("an ended call dials no one", () => {
    eachMoment((before, after, actions) => {
      if (before.endedAt !== null) expect(dialsIn(actions)).toEqual([]);
      if (before.endedAt !== null) expect(after.endedAt).not.toBeNull();
    });
  });

  it("every transfer has exactly one outcome once the call has ended, and is never open again (invariant 4)", () => {
    eachMoment((before, after) => {
      if (after.endedAt !== null) expect(after.transfers.map(({ outcome }) => outcome)).not.toContain(null);
      // Late news may tell what really became of it, but it has always become something.
      const closed = before.transfers.filter(({ outcome }) => outcome !== null);
      const reopened = after.transfers.filter(
        ({ id, outcome }) => outcome === null && closed.some((known) => known.id === id),
      );
      expect(reopened).toEqual([]);
    });
  });

  it("an unwanted leg is hung up at once, or once its Call SID is known (invariant 3)", () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const s = begunCall();
        const hungUp = new Set<string>();
        for (const step of steps) {
          step(s);
          for (const action of s.actions()) if (action.kind === "hang-up") hungUp.add(action.label);
          const rings = s.record.legs.filter(
            ({ state, unwanted, callSid }) =>
              unwanted && callSid !== null && (state === "dialling" || state === "ringing"),
          );
          for (const leg of rings) expect(hungUp).toContain(leg.label);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a customer without an agent in a started conference hears music (invariant 1)", () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        const s = begunCall();
        const told = new Map<string, boolean>();
        const isThere = (leg: Leg): boolean =>
          leg.state === "joined" && !told.get(leg.label) && leg.dismissedAt === undefined;
        for (const step of steps) {
          const { returns } = s.record;
          step(s);
          // In another conference now, and not on hold there.
          if (s.record.returns !== returns) told.clear();
          for (const action of s.actions())
            if (action.kind === "set-hold") told.set(action.label, action.value);
          const since = s.record.returns?.at(-1)?.at ?? 0;
          const agents = s.record.legs.filter(
            ({ role, joinedAt, leftAt }) =>
              role !== "customer" && joinedAt !== null && (leftAt === null || leftAt > since),
          );
          // An agent may take the conference along; the customer is then about to come back.
          if (s.record.endedAt !== null || s.record.conferenceEnd !== null || agents.length === 0) continue;
          // Nobody is left on hold by mistake either.
          const wanted = s.leg("customer").holdWanted || isConsulted(s) || !agents.some(isThere);
          expect(told.get("customer") ?? false).toBe(wanted);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a removed leg loses its end flag before it is hung up", () => {
    eachMoment((_, after, actions) => {
      for (const [index, action] of actions.entries()) {
        if (action.kind !== "hang-up" || action.onlyIfUnanswered || after.endedAt !== null) continue;
        const leg = after.legs.find(({ label }) => label === action.label);
        const isOff = actions
          .slice(0, index)
          .some((one) => one.kind === "set-ends-conference" && one.label === action.label && !one.value);
        expect(isOff || leg?.role === "first").toBe(true);
      }
    });
  });

  it("the call always waits for a person or for a deadline in the future", () => {
    eachMoment((_, after, __, s) => {
      s.wakes();
      const pending = s.record.legs.some(({ role, state }) => role !== "customer" && state !== "left");
      if (after.endedAt !== null && pending) expect(s.record.deadline).not.toBeNull();
      if (s.record.deadline !== null) expect(s.record.deadline).toBeGreaterThan(s.now);
    });
  });
});
