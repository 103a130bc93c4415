import { describe, expect, it } from "vitest";
import type { AfterFailure } from "../../src/call/decision.ts";
import { isFinished } from "../../src/call/rules/ending.ts";
import { storyOf } from "../../src/call/story.ts";
import { CONFERENCE, SETTINGS, type Scene, named, takenOver, talking } from "./support/scene.ts";

const failed = (step: AfterFailure["declined"], reason: "declined" | "busy" = "declined"): Scene => {
  const s = talking(undefined, { afterFailure: { ...SETTINGS.afterFailure, declined: step } });
  s.transfers("agent1", "agent3");
  s.rings("agent3-1");
  s.hangsUp("agent1-1");
  s.actions();
  s.doesNotTake("agent3-1", reason);
  return s;
};

describe("a transfer fails after the starter has left", () => {
  it.each([
    ["return", "dial agent1-2"],
    ["queue", "dial agent1-2"],
    ["voicemail", "end-conference"],
    ["hang-up", "end-conference"],
  ] as const)("and afterFailure is %s: %s", (step, action) => {
    expect(named(failed(step).actions())).toEqual([action]);
  });

  it.each(["voicemail", "hang-up"] as const)(
    "with %s, the end of the call does not change why it failed",
    (step) => {
      const s = failed(step);
      s.conferenceEnds(null);
      expect(s.outcomes()).toEqual([{ kind: "failed", reason: "declined" }]);
    },
  );

  it("with queue, the next agent in the list rings before the starter", () => {
    const s = takenOver({ afterFailure: { ...SETTINGS.afterFailure, declined: "queue" } });
    s.transfers("agent2", "agent3");
    s.rings("agent3-1");
    s.hangsUp("agent2-1");
    s.actions();
    s.doesNotTake("agent3-1", "declined");
    expect(named(s.actions())).toEqual(["dial agent1-2"]);
  });

  it("not if the transfer completed: the next agent in the list rings, not the starter", () => {
    const s = takenOver({ grace: 0 });
    s.transfers("agent2", "agent3");
    s.answers("agent3-1");
    s.hangsUp("agent2-1");
    s.passes(10_000);
    s.actions();
    s.leaves("agent3-1");
    expect(named(s.actions()).at(-1)).toBe("dial agent1-2");
  });

  it("by the echo of a hang-up that is not ours: the reason is error", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.rings("agent2-1");
    s.doesNotTake("agent2-1", "cancelled");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "error" }]);
  });

  it("with queue, the starter has no precedence", () => {
    const s = failed("queue");
    s.doesNotTake("agent1-2", "declined");
    expect(named(s.actions()).at(-1)).toBe("dial agent2-1");
  });

  it("and the server ends the call with a sentence: no agent was free", () => {
    expect(failed("hang-up").record).toMatchObject({ endedBy: "no-agent" });
    expect(failed("hang-up", "busy").record.endedAt).toBeNull();
  });
});

describe("a customer who may leave a message", () => {
  const ALL = Object.keys(SETTINGS.afterFailure).map((reason) => [reason, "voicemail"]);
  const MESSAGE = { recording: `RE${"1".repeat(32)}`, url: "https://api.twilio.com/RE1", seconds: 12 };

  /** The starter has left, and agent3 was not reached. */
  function asked(reason: keyof AfterFailure = "no-answer"): Scene {
    const s = talking(undefined, { afterFailure: Object.fromEntries(ALL) as unknown as AfterFailure });
    s.transfers("agent1", "agent3");
    s.rings("agent3-1");
    s.hangsUp("agent1-1");
    if (reason === "cancelled") s.tell({ kind: "cancel-transfer", by: null });
    else s.doesNotTake("agent3-1", reason);
    return s;
  }
  const leaves = (s: Scene, at = s.now): void => void s.tell({ kind: "message-left", at, ...MESSAGE });

  it.each(["no-answer", "busy", "declined", "unreachable", "machine", "error", "cancelled"] as const)(
    "can do so after a transfer that failed: %s",
    (reason) => {
      expect(asked(reason).record).toMatchObject({
        endedBy: "no-agent",
        endRequested: { by: null, noAgent: true, takesMessage: true },
      });
    },
  );

  it("makes no free agent ring, and the call has ended for agents", () => {
    const s = asked();
    s.actions();
    s.signsIn("agent2");
    s.passes(60_000);
    s.tell({ kind: "deadline-passed", at: s.now });
    expect(named(s.actions()).filter((name) => name.startsWith("dial"))).toEqual([]);
    expect(s.record.endedAt).toBeLessThan(s.now);
  });

  it("has one message, reported by action and callback in any order", () => {
    const told = [5_000, 1_000].map((later) => {
      const s = asked();
      leaves(s, s.now + later);
      leaves(s, s.now + 6_000 - later);
      return s.record.message;
    });
    expect(told).toEqual([told[1], { ...MESSAGE, at: expect.any(Number) as number }]);
    const s = asked();
    leaves(s);
    expect(storyOf(s.record).filter(({ event }) => event === "message-left")).toHaveLength(1);
  });

  it("keeps the call up at Twilio until the message arrives or the customer hangs up", () => {
    const s = asked();
    s.tell({ kind: "conference-ended", at: s.now, conference: CONFERENCE, endedBy: null });
    s.hangsUp("agent3-1");
    const isUp = (): boolean => !isFinished(s.record);
    expect(isUp()).toBe(true);
    leaves(s);
    expect(isUp()).toBe(false);
    const silent = asked();
    silent.tell({ kind: "conference-ended", at: silent.now, conference: CONFERENCE, endedBy: null });
    silent.hangsUp("customer");
    expect(isFinished(silent.record)).toBe(true);
  });

  it("is the only source of messages in the record", () => {
    const s = talking();
    leaves(s);
    expect(s.record.message).toBeUndefined();
  });

  it("cannot do so with hang-up", () => {
    const { record } = failed("hang-up");
    expect(record.endRequested).not.toHaveProperty("takesMessage");
  });
});
