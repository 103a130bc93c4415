import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phaseTimesOf, stretchesOf } from "../../src/call/story.ts";
import type { TransferChange } from "../../src/call/inputs.ts";
import type { CallRecord, TransferMode } from "../../src/call/types.ts";
import { begunCall, randomSteps } from "./support/random-calls.ts";
import { type Scene, agentId, talking } from "./support/scene.ts";

/** agent1 has the customer and transfers to agent2. */
function starts(mode: TransferMode): Scene {
  const s = talking();
  s.asks({ kind: "start-transfer", by: agentId("agent1"), to: agentId("agent2"), mode });
  return s;
}

/** agent2 comes after six seconds: five until it rings, one until the answer. */
function comes(s: Scene): void {
  s.passes(5_000);
  s.rings("agent2-1");
  s.passes(1_000);
  s.joins("agent2-1");
}

const asks = (s: Scene, kind: TransferChange): void => void s.asks({ kind, by: null });

/** Of the only transfer, in seconds: ringing, consulting, together. */
function secondsOf({ record }: Scene): number[] {
  const { ringing, consulting, together } = phaseTimesOf(record, record.transfers[0]!);
  return [ringing, consulting, together].map((ms) => ms / 1000);
}

describe("the phases of a transfer last", () => {
  it("three-way: ringing, then together until the starter leaves", () => {
    const s = starts("three-way");
    comes(s);
    s.passes(20_000);
    s.leaves("agent1-1");
    expect(secondsOf(s)).toEqual([6, 0, 20]);
  });

  it("consult: consulting until we let the starter go, however late Twilio reports that", () => {
    const s = starts("consult");
    comes(s);
    s.passes(20_000);
    asks(s, "complete-transfer");
    s.passes(2_000);
    s.leaves("agent1-1", "removed");
    expect(secondsOf(s)).toEqual([6, 20, 2]);
  });

  it("consult: together from the moment of bring-together", () => {
    const s = starts("consult");
    comes(s);
    s.passes(20_000);
    asks(s, "bring-together");
    s.passes(30_000);
    s.leaves("agent2-1");
    expect(secondsOf(s)).toEqual([6, 20, 30]);
  });

  it("blind: only ringing, until the target joins", () => {
    const s = starts("blind");
    s.leaves("agent1-1", "removed");
    comes(s);
    s.passes(60_000);
    expect(secondsOf(s)).toEqual([6, 0, 0]);
  });

  it("only ringing, if the target does not join", () => {
    const s = starts("consult");
    s.rings("agent2-1");
    s.passes(20_000);
    s.doesNotTake("agent2-1", "no-answer");
    s.passes(60_000);
    expect(secondsOf(s)).toEqual([20, 0, 0]);
  });

  it("so far, without the phase that goes on", () => {
    const s = starts("consult");
    comes(s);
    s.passes(20_000);
    expect(secondsOf(s)).toEqual([6, 0, 0]);
    expect(stretchesOf(s.record, s.record.transfers[0]!).at(-1)).toMatchObject({
      phase: "consulting",
      from: s.now - 20_000,
      until: null,
    });
  });

  it("until the target's answer, if Twilio's join callback was lost", () => {
    const s = starts("three-way");
    s.rings("agent2-1");
    s.passes(6_000);
    s.tell({
      kind: "leg-answered",
      at: s.now,
      label: s.leg("agent2-1").label,
      callSid: s.leg("agent2-1").callSid!,
    });
    s.passes(10_000);
    s.leaves("agent2-1");
    expect(secondsOf(s)).toEqual([6, 0, 10]);
  });
});

it("a consultation holds the customer while the target rings, and until each second swap", () => {
  const s = starts("consult");
  comes(s);
  for (const ms of [10_000, 7_000]) {
    s.passes(ms);
    asks(s, "swap-transfer");
  }
  s.passes(3_000);
  asks(s, "bring-together");
  s.passes(4_000);
  s.leaves("agent1-1");
  const told = stretchesOf(s.record, s.record.transfers[0]!).map(({ phase, from, until, isCustomerHeld }) => [
    phase,
    ((until ?? NaN) - from) / 1000,
    isCustomerHeld,
  ]);
  expect(told).toEqual([
    ["ringing", 6, true],
    ["consulting", 10, true],
    ["consulting", 7, false],
    ["consulting", 3, true],
    ["together", 4, false],
  ]);
});

/** Twilio's times are coarse, ours are not: here much coarser than in truth. */
function coarse(record: CallRecord): CallRecord {
  const floor = (at: number | null): number | null => at && Math.floor(at / 10_000) * 10_000;
  const legs = record.legs.map((leg) => ({
    ...leg,
    answeredAt: floor(leg.answeredAt),
    joinedAt: floor(leg.joinedAt),
    leftAt: floor(leg.leftAt),
  }));
  const transfers = record.transfers.map((transfer) => ({ ...transfer, endedAt: floor(transfer.endedAt) }));
  return { ...record, legs, transfers };
}

it("the stretches of any transfer cover it from start to end, and none is negative", () => {
  fc.assert(
    fc.property(randomSteps, (steps) => {
      const s = begunCall();
      for (const step of steps) {
        step(s);
        const record = coarse(s.record);
        for (const transfer of record.transfers) {
          const stretches = stretchesOf(record, transfer);
          let reached = transfer.startedAt;
          for (const { from, until } of stretches) {
            expect(from).toBe(reached);
            if (until !== null) expect(until).toBeGreaterThan(from);
            reached = until ?? Infinity;
          }
          expect(reached).toBe(Math.max(transfer.startedAt, transfer.endedAt ?? Infinity));
          if (transfer.outcome === null) expect(stretches.at(-1)?.phase).toBe(transfer.phase);
        }
      }
    }),
    { numRuns: 300 },
  );
});
