import { describe, expect, it } from "vitest";
import type { AgentId, CallRecord, Label, Transfer, TransferId } from "../../../src/call/types.ts";
import type { Log } from "../../../src/log/log.ts";
import { logSignals } from "../../../src/server/ops/log-signals.ts";
import { createOnce, newMilestones } from "../../../src/server/ops/signals.ts";
import { aCall, agentLeg, customerLeg } from "../../twilio/support/values.ts";

const transfer: Transfer = {
  id: "1" as TransferId,
  mode: "three-way",
  phase: "ringing",
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

/** The milestones when a call becomes each of these records, one after the other. */
function milestonesOf(...records: CallRecord[]): string[] {
  const once = createOnce();
  return records.flatMap((after, index) =>
    newMilestones(after, records[index - 1], once).map(({ kind }) => kind),
  );
}

describe("the milestones of a call", () => {
  it("are reported once", () => {
    const answered = aCall({ legs: [customerLeg(), agentLeg({ joinedAt: 2_000 })] });
    expect(milestonesOf(open, failed, failed)).toEqual(["transfer-ended"]);
    expect(newMilestones(answered, aCall(), createOnce())).toMatchObject([
      { kind: "call-answered", waitedMs: 2_000 },
    ]);
  });

  it("are not repeated when a late callback undoes one and another restores it", () => {
    expect(milestonesOf(open, failed, open, failed)).toEqual(["transfer-ended"]);
    const ended = aCall({ endedAt: 9, endedBy: "customer" });
    expect(milestonesOf(aCall(), ended, aCall(), ended)).toEqual(["call-ended"]);
  });

  it("are not repeated by a server that resumes the call after a restart", () => {
    expect(newMilestones({ ...failed, revision: 2 }, failed, createOnce())).toEqual([]);
  });

  it("never precede the call, although Twilio reports whole seconds", () => {
    const startedAt = 1_900;
    const legs = [customerLeg(), agentLeg({ joinedAt: 1_000 })];
    expect(newMilestones(aCall({ startedAt, legs }), undefined, createOnce())).toMatchObject([
      { kind: "call-answered", waitedMs: 0 },
    ]);
  });

  it("include where a message can be heard, and no number", () => {
    const message = { recording: "RE1", url: "https://api.twilio.com/RE1", seconds: 12, at: 9 };
    const ended = aCall({ endedAt: 5, endedBy: "no-agent" });
    expect(milestonesOf(ended, { ...ended, message }, { ...ended, message, revision: 9 })).toEqual([
      "call-ended",
      "message-left",
    ]);
    const lines: unknown[] = [];
    const keep = (...line: unknown[]): void => void lines.push(line);
    const log = { debug: keep, info: keep, warn: keep, error: keep };
    logSignals(log as unknown as Log).milestone({ kind: "message-left", call: ended, message });
    const { recording, url, seconds } = message;
    expect(lines).toEqual([["message left", { call: ended.id, recording, url, seconds }]]);
  });
});
