import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LegFact, mergeLeg } from "../../src/call/rules/facts.ts";
import type { FailureReason, Label, Leg } from "../../src/call/types.ts";
import { CONFERENCE, START, sidOf, talking } from "./support/scene.ts";

const label = "agent2-1" as Label;
const about = { label, callSid: sidOf(label) };
const REASONS: (FailureReason | "cancelled")[] = ["declined", "busy", "no-answer", "error", "cancelled"];

/** Facts that contradict each other, as Twilio's never should. */
const anyFact: fc.Arbitrary<LegFact> = fc
  .tuple(
    fc.constantFrom("ringing", "answered", "joined", "left", "ended", "not-taken", "refused", "dial-failed"),
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom(...REASONS),
    fc.constantFrom("hung-up", "removed", "conference-ended"),
  )
  .map(([kind, seconds, reason, because]): LegFact => {
    const at = START + seconds * 1000;
    if (kind === "ringing") return { kind: "leg-ringing", at, ...about };
    if (kind === "answered") return { kind: "leg-answered", at, ...about };
    if (kind === "joined") return { kind: "participant-joined", at, ...about, conference: CONFERENCE };
    if (kind === "left") return { kind: "participant-left", at, ...about, conference: CONFERENCE, because };
    if (kind === "ended") return { kind: "leg-ended", at, ...about, end: { answered: true } };
    if (kind === "not-taken") return { kind: "leg-ended", at, ...about, end: { answered: false, reason } };
    if (kind === "refused")
      return { kind: "leg-refused", at, ...about, reason: seconds < 3 ? "declined" : "machine" };
    return { kind: "dial-failed", at, label, reason: "error" };
  });

function dialled(): Leg {
  const s = talking();
  s.transfers("agent1", "agent2");
  return s.leg(label);
}

const RANK = { dialling: 0, ringing: 1, joined: 2, left: 3 };

describe("the state of a leg", () => {
  it("is the same for any order and any repeats of facts, even contradicting ones", () => {
    const facts = fc.array(anyFact, { minLength: 1, maxLength: 8 });
    const orders = facts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(orders, ([inOrder, delivered]) => {
        expect(delivered.reduce(mergeLeg, dialled())).toEqual(inOrder.reduce(mergeLeg, dialled()));
      }),
    );
  });

  it("only moves forward", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), anyFact, (facts, next) => {
        const before = facts.reduce(mergeLeg, dialled());
        expect(RANK[mergeLeg(before, next).state]).toBeGreaterThanOrEqual(RANK[before.state]);
      }),
    );
  });

  it("is answered once any fact reports an answer", () => {
    const answered: LegFact = { kind: "leg-ended", at: START, ...about, end: { answered: true } };
    const busy: LegFact = {
      kind: "leg-ended",
      at: START,
      ...about,
      end: { answered: false, reason: "busy" },
    };
    expect([busy, answered, busy].reduce(mergeLeg, dialled()).end).toEqual({ answered: true });
  });

  it("keeps the target's reason over the echo of our own hang-up", () => {
    const ends = (["cancelled", "declined", "cancelled"] as const).map((reason): LegFact => ({
      kind: "leg-ended",
      at: START,
      ...about,
      end: { answered: false, reason },
    }));
    expect(ends.reduce(mergeLeg, dialled()).end).toEqual({ answered: false, reason: "declined" });
  });
});
