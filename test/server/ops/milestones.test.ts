import { describe, expect, it } from "vitest";
import type { AgentId, CallRecord, Label, Transfer, TransferId } from "../../../src/call/types.ts";
import { newMilestones } from "../../../src/server/ops/milestones.ts";
import { createOnce } from "../../../src/server/ops/once.ts";
import { aCall, agentLeg, customerLeg } from "../../twilio/support/values.ts";

const transfer: Transfer = {
  id: "1" as TransferId,
  mode: "three-way",
  from: "agent1" as AgentId,
  to: "agent2" as AgentId,
  starter: "agent1-1" as Label,
  target: "agent2-1" as Label,
  startedAt: 0,
  cancelledAt: null,
  outcome: null,
  endedAt: null,
};

const open = aCall({ transfers: [transfer] });
const failed = aCall({
  transfers: [{ ...transfer, outcome: { kind: "failed", reason: "no-answer" }, endedAt: 5 }],
});

/** What is told when a call becomes each of these records, one after the other. */
function told(...records: CallRecord[]): string[] {
  const once = createOnce();
  return records.flatMap((after, index) =>
    newMilestones(after, records[index - 1], once).map(({ kind }) => kind),
  );
}

describe("the milestones of a call", () => {
  it("are told when they are reached", () => {
    const answered = aCall({ legs: [customerLeg(), agentLeg({ joinedAt: 2_000 })] });
    expect(told(open, failed, failed)).toEqual(["transfer-ended"]);
    expect(newMilestones(answered, aCall(), createOnce())).toMatchObject([
      { kind: "call-answered", waitedMs: 2_000 },
    ]);
  });

  it("are not told again when late news take one back and bring it once more", () => {
    expect(told(open, failed, open, failed)).toEqual(["transfer-ended"]);
    const ended = aCall({ endedAt: 9, endedBy: "customer" });
    expect(told(aCall(), ended, aCall(), ended)).toEqual(["call-ended"]);
  });

  it("are not told again by a server that takes the call up after a restart", () => {
    expect(newMilestones({ ...failed, revision: 2 }, failed, createOnce())).toEqual([]);
  });

  it("never lie before the call, although Twilio tells whole seconds", () => {
    const startedAt = 1_900;
    const legs = [customerLeg(), agentLeg({ joinedAt: 1_000 })];
    expect(newMilestones(aCall({ startedAt, legs }), undefined, createOnce())).toMatchObject([
      { kind: "call-answered", waitedMs: 0 },
    ]);
  });
});
