import { describe, expect, it } from "vitest";
import type { AfterFailure } from "../../src/call/decision.ts";
import { SETTINGS, type Scene, named, talking } from "./support/scene.ts";

describe("a transfer fails after the starter has left", () => {
  const failed = (step: AfterFailure["declined"], reason: "declined" | "busy" = "declined"): Scene => {
    const s = talking(undefined, { afterFailure: { ...SETTINGS.afterFailure, declined: step } });
    s.transfers("agent1", "agent3");
    s.rings("agent3-1");
    s.hangsUp("agent1-1");
    s.actions();
    s.doesNotTake("agent3-1", reason);
    return s;
  };

  it.each([
    ["return", "dial agent1-2"],
    ["queue", "dial agent1-2"],
    ["hang-up", "end-conference"],
  ] as const)("and afterFailure says %s: %s", (step, action) => {
    expect(named(failed(step).actions())).toEqual([action]);
  });

  it("with the queue, the starter has no place before others", () => {
    const s = failed("queue");
    s.doesNotTake("agent1-2", "declined");
    expect(named(s.actions()).at(-1)).toBe("dial agent2-1");
  });

  it("and the customer is let go, in words: nobody had time", () => {
    expect(failed("hang-up").record).toMatchObject({ endedBy: "no-agent" });
    expect(failed("hang-up", "busy").record.endedAt).toBeNull();
  });
});
