import { describe, expect, it } from "vitest";
import { dialledLeg, newCallRecord } from "../../src/call/legs.ts";
import type {
  AgentId,
  CallId,
  CallRecord,
  Label,
  Leg,
  Outcome,
  Transfer,
  TransferId,
} from "../../src/call/types.ts";
import { pastCall } from "../../src/server/views/past-call.ts";

const START = 1_800_000_000_000;
const at = (seconds: number): number => START + seconds * 1000;
const nameOf = (agent: string): string => agent.toUpperCase();

/** Who was with the customer, from and until which second; null: not at all. */
type Stay = [agent: string, from: number | null, to: number | null];

/** A call that began at second 0. */
function ended(end: number, stays: Stay[], change: Partial<CallRecord> = {}): CallRecord {
  const called = { kind: "customer-called", at: START, call: "CA1" as CallId, number: "+15550100" } as const;
  const record = newCallRecord(called, { maxCallMinutes: 240 });
  const legs = stays.map(([agent, from, to]): Leg => ({
    ...dialledLeg(record, { kind: "agent", agent: agent as AgentId }, "first", START),
    joinedAt: from === null ? null : at(from),
    leftAt: to === null ? null : at(to),
  }));
  return { ...record, legs: [...record.legs, ...legs], endedAt: at(end), endedBy: "customer", ...change };
}

const transfer = (from: number, to: number | null, outcome: Outcome | null): Transfer => ({
  id: "1" as TransferId,
  mode: "three-way",
  phase: "ended",
  from: "a" as AgentId,
  to: "b" as AgentId,
  starter: "a-1" as Label,
  target: "b-1" as Label,
  startedAt: at(from),
  cancelledAt: null,
  outcome,
  endedAt: to === null ? null : at(to),
});

describe("a past call", () => {
  it.each<[string, Stay[], [waited: number, talked: number, agents: string[]]]>([
    ["nobody answered", [["a", null, 9]], [60, 0, []]],
    ["one agent talked to the end", [["a", 10, 60]], [10, 50, ["A"]]],
    ["an agent left before the end", [["a", 10, 40]], [10, 30, ["A"]]],
    [
      "two agents overlapped",
      [
        ["a", 10, 30],
        ["b", 20, 60],
      ],
      [10, 50, ["A", "B"]],
    ],
    [
      "one was there within the time of the other",
      [
        ["a", 10, 60],
        ["b", 20, 30],
      ],
      [10, 50, ["A", "B"]],
    ],
    [
      "the customer was alone between two agents",
      [
        ["a", 10, 20],
        ["b", 40, 60],
      ],
      [10, 30, ["A", "B"]],
    ],
    [
      "the same agent joined twice, and the last to join is listed first",
      [
        ["b", 30, 60],
        ["a", 10, 20],
        ["a", 20, 40],
      ],
      [10, 50, ["A", "B"]],
    ],
    ["an agent's leaving was never told", [["a", 10, null]], [10, 50, ["A"]]],
    ["an agent joined and left after the end, as Twilio's seconds have it", [["a", 61, 62]], [60, 0, ["A"]]],
    ["an agent joined before the ring, by Twilio's seconds", [["a", -1, 20]], [0, 21, ["A"]]],
  ])("has its waiting time, talk time and agents when %s", (_story, stays, [waited, talked, agents]) => {
    const { waitedMs, talkedMs, agents: names } = pastCall(ended(60, stays), nameOf);
    expect([waitedMs / 1000, talkedMs / 1000, names]).toEqual([waited, talked, agents]);
  });

  it("does not count time on hold as talk time, and counts time after a swap", () => {
    const stays: Stay[] = [
      ["a", 10, 60],
      ["b", 25, 90],
    ];
    const consultation: Transfer = {
      ...transfer(20, 60, { kind: "completed" }),
      mode: "consult",
      swappedAt: [at(35), at(40)],
      note: "Order 17",
    };
    const call = pastCall(ended(90, stays, { transfers: [consultation] }), nameOf);
    // From 10 to 20, from 35 to 40, from 60 on.
    expect(call.talkedMs).toBe(45_000);
    expect(call.transfers).toMatchObject([
      { mode: "consult", note: "Order 17", phaseSeconds: { ringing: 5, consulting: 35, together: 0 } },
    ]);
  });

  it("shows the customer, the times, and who ended it", () => {
    expect(pastCall(ended(60, [], { endedBy: "operator" }), nameOf)).toEqual({
      id: "CA1",
      customerKind: "number",
      customerNumber: "+15550100",
      startedAt: START,
      endedAt: at(60),
      waitedMs: 60_000,
      talkedMs: 0,
      endedBy: "operator",
      agents: [],
      transfers: [],
      message: null,
    });
  });

  it.each<[Outcome | null, string, string | null]>([
    [{ kind: "completed" }, "completed", null],
    [{ kind: "failed", reason: "declined" }, "failed", "declined"],
    [null, "abandoned", null],
  ])("shows the transfer outcome %j as %s", (outcome, kind, reason) => {
    const transfers = [transfer(20, outcome ? 30 : null, outcome)];
    expect(pastCall(ended(60, [], { transfers }), nameOf).transfers).toEqual([
      {
        from: "a",
        fromName: "A",
        to: "b",
        toName: "B",
        startedAt: at(20),
        endedAt: at(outcome ? 30 : 60),
        mode: "three-way",
        phaseSeconds: { ringing: outcome ? 10 : 40, consulting: 0, together: 0 },
        outcome: kind,
        reason,
        note: null,
      },
    ]);
  });
});
