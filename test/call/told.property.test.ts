import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionsOf } from "../../src/call/rules/actions.ts";
import type { Action, Label, Leg } from "../../src/call/types.ts";
import { begunCall, randomSteps } from "./support/random-calls.ts";
import { type Scene, RING_SECONDS } from "./support/scene.ts";

/** What becomes of an action: Twilio takes it, refuses it, or takes it while its answer is lost. */
type Fate = "taken" | "refused" | "unanswered";

type Settings = { onHold: boolean; muted: boolean; endsConference: boolean };

/** A Twilio that does what it is asked, as far as the fates let it, and knows the legs by label. */
function fatefulTwilio(s: Scene, fates: Fate[]) {
  const settings = new Map<Label, Settings>();
  const hungUp = new Set<Label>();
  let returns = 0;
  const take = (action: Action): void => {
    if (action.kind === "hang-up") hungUp.add(action.label);
    if (!("value" in action)) return;
    const { label, kind, value } = action;
    const known = settings.get(label);
    if (!known) return;
    if (kind === "set-hold") known.onHold = value;
    if (kind === "set-muted") known.muted = value;
    if (kind === "set-ends-conference") known.endsConference = value;
  };
  const isReported = (leg: Leg): boolean => leg.state === "joined";
  /** The TwiML lets each leg in as it is wanted at that moment, neither on hold nor muted. */
  const letIn = (): void => {
    const { length } = s.record.returns ?? [];
    for (const { label, endsConference, role, ...leg } of s.record.legs) {
      const isAnew =
        role === "customer" ? length > returns : leg.state === "dialling" || leg.state === "ringing";
      if (settings.has(label) && !isAnew) continue;
      settings.set(label, { onHold: false, muted: false, endsConference });
    }
    returns = length;
  };
  const carryOut = (): void => {
    letIn();
    for (let actions = s.actions(); actions.length > 0; actions = s.actions())
      for (const action of actions) {
        const fate = fates.shift() ?? "taken";
        if (fate !== "refused") take(action);
        if (fate === "taken") continue;
        if (action.kind !== "dial") s.tell({ kind: "action-failed", at: s.now, action, message: "503" });
        else s.tell({ kind: "dial-failed", at: s.now, label: action.label, reason: "error" });
      }
  };
  const inConference = () => s.record.legs.filter(isReported);
  return { carryOut, inConference, shown: (label: Label) => settings.get(label), hungUp };
}

const fate = fc.constantFrom<Fate>("taken", "taken", "refused", "unanswered");

describe("whether requests to Twilio succeed, fail or get no answer", () => {
  it("no request repeats needlessly, and each failed one has a next try", () => {
    fc.assert(
      fc.property(randomSteps, fc.array(fate, { maxLength: 20 }), (steps, fates) => {
        const s = begunCall();
        const twilio = fatefulTwilio(s, fates);
        for (const step of [() => {}, ...steps]) {
          step(s);
          twilio.carryOut();
          s.wakes();
          twilio.carryOut();
          const policy = { ringSeconds: RING_SECONDS } as Parameters<typeof actionsOf>[1];
          expect(actionsOf(s.record, policy, s.now)).toEqual([]);
          if (s.record.deadline !== null) expect(s.record.deadline).toBeGreaterThan(s.now);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("each leg is as wanted ten seconds later, and unwanted legs were hung up", () => {
    fc.assert(
      fc.property(randomSteps, fc.array(fate, { maxLength: 12 }), (steps, fates) => {
        const s = begunCall();
        const twilio = fatefulTwilio(s, fates);
        twilio.carryOut();
        for (const step of steps) {
          step(s);
          twilio.carryOut();
        }
        for (let halfSeconds = 0; halfSeconds < 20; halfSeconds++) {
          s.passes(500);
          s.wakes();
          twilio.carryOut();
        }
        if (s.record.endedAt !== null || s.record.conferenceEnd !== null) return;
        for (const { label, onHold, muted, endsConference } of twilio.inConference())
          expect([label, twilio.shown(label)]).toEqual([label, { onHold, muted, endsConference }]);
        for (const { label, unwanted, callSid, state } of s.record.legs)
          if (unwanted && callSid !== null && state !== "left") expect(twilio.hungUp).toContain(label);
      }),
      { numRuns: 150 },
    );
  });
});
