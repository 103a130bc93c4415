import { describe, expect, it } from "vitest";
import { storyOf } from "../../src/call/story.ts";
import type { TransferMode } from "../../src/call/types.ts";
import { OUTSIDE, type Scene, agentId, named, talking } from "./support/scene.ts";

/** An operator brings somebody at a phone into the call of agent1. */
function bringsIn(mode: TransferMode, settings = {}): Scene {
  const s = talking(undefined, settings);
  s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode });
  s.rings("outside-1");
  s.actions();
  return s;
}

const isOpen = ({ record }: Scene): boolean => record.transfers.at(-1)?.outcome === null;

describe("an outside party, at a phone,", () => {
  it("gets a label without the phone number", () => {
    const s = talking();
    s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" });
    expect(s.actions()).toMatchObject([{ kind: "dial", label: "outside-1", party: OUTSIDE }]);
    expect(s.record.transfers).toMatchObject([{ from: "agent1", to: null, target: "outside-1" }]);
  });

  it("hears the briefing before joining, even with a long note", () => {
    const s = bringsIn("three-way");
    s.passes(15_000);
    s.isBriefed("outside-1");
    s.passes(90_000);
    s.wakes();
    expect(s.record.transfers).toMatchObject([{ phase: "briefing", outcome: null }]);
    s.joins("outside-1");
    expect(s.record.transfers).toMatchObject([{ phase: "together" }]);
  });

  it("is hung up after two minutes of briefing", () => {
    const s = bringsIn("three-way");
    s.isBriefed("outside-1");
    s.passes(120_000);
    s.wakes();
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "no-answer" }]);
    expect(named(s.actions())).toContain("hang-up outside-1");
  });

  it("leaves the customer on hold during the briefing of a consultation", () => {
    const s = bringsIn("consult");
    s.isBriefed("outside-1");
    expect(s.leg("customer").onHold).toBe(true);
  });

  it.each([
    ["presses a key for no", "declined", (s: Scene) => s.refuses("outside-1", "declined")],
    ["is an answering machine", "machine", (s: Scene) => s.refuses("outside-1", "machine")],
    ["hangs up during the briefing", "declined", (s: Scene) => s.hangsUpEarly("outside-1")],
    ["is busy", "busy", (s: Scene) => void s.doesNotTake("outside-1", "busy")],
  ])("who %s fails the transfer: %s", (_, reason, refuses) => {
    const s = bringsIn("consult");
    if (reason !== "busy") s.isBriefed("outside-1");
    refuses(s);
    expect(s.outcomes()).toEqual([{ kind: "failed", reason }]);
    expect(s.leg("customer").onHold).toBe(false);
  });

  it("takes the call over, and ends it by hanging up", () => {
    const s = bringsIn("three-way");
    s.joins("outside-1");
    s.hangsUp("agent1-1");
    expect(s.leg("outside-1").endsConference).toBe(true);
    s.passes(60_000);
    s.leaves("outside-1");
    s.conferenceEnds("outside-1");
    s.isReleased();
    expect(s.record).toMatchObject({ endedBy: "outside", endedAt: s.now });
    expect(s.record.returns).toBeUndefined();
    expect(s.leg("outside-1").isLost).toBe(false);
  });

  it("ends the call even if Twilio never got the leg's end flag", () => {
    const s = bringsIn("three-way");
    s.joins("outside-1");
    s.hangsUp("agent1-1");
    s.passes(60_000);
    s.actions();
    s.leaves("outside-1");
    expect(s.record.endedBy).toBe("outside");
    expect(named(s.actions())).toContain("end-conference");
  });

  it("hangs up before Twilio reports who ended the conference: the customer does not come back", () => {
    const s = bringsIn("three-way");
    s.joins("outside-1");
    s.hangsUp("agent1-1");
    s.isReleased();
    expect(s.record.returns).toBeUndefined();
  });

  it("leaves while agent1 is there: the customer stays with agent1", () => {
    const s = bringsIn("consult");
    s.joins("outside-1");
    s.leaves("outside-1");
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "target-left" }]);
    expect(s.record.endedAt).toBeNull();
    expect(s.leg("customer").onHold).toBe(false);
  });

  it("left before an agent's line was lost: the customer waits for that agent", () => {
    const s = bringsIn("three-way");
    s.joins("outside-1");
    s.asks({ kind: "cancel-transfer", by: null });
    s.leaves("outside-1", "removed");
    s.passes(10_000);
    s.leaves("agent1-1");
    expect(s.record.endedAt).toBeNull();
    expect(s.leg("agent1-1").isLost).toBe(true);
    expect(named(s.actions())).not.toContain("dial agent2-1");
  });

  it("does not join, and no agent is free: the call waits for an agent to sign in, and for nothing else", () => {
    const s = bringsIn("blind");
    for (const agent of ["agent1", "agent2", "agent3"]) s.signsOut(agent);
    s.leaves("agent1-1", "removed");
    s.doesNotTake("outside-1", "busy");
    expect(s.record).toMatchObject({ endedAt: null, deadline: null });
    s.signsIn("agent2");
    expect(named(s.actions()).at(-1)).toBe("dial agent2-1");
  });

  it("does not join: agent1, who has left, rings first", () => {
    const s = bringsIn("blind");
    s.leaves("agent1-1", "removed");
    s.isBriefed("outside-1");
    s.refuses("outside-1", "machine");
    expect(named(s.actions())).toContain("dial agent1-2");
  });

  it("rings once after two requests", () => {
    const s = bringsIn("three-way");
    expect(s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" })).toBeNull();
    const other = { kind: "outside", address: "+15550188888" } as const;
    expect(s.asks({ kind: "start-transfer", by: null, to: other, mode: "three-way" })).toEqual({
      code: "transfer-open",
      message: "A transfer to outside-1 is under way.",
    });
    expect(s.actions()).toEqual([]);
    expect(isOpen(s)).toBe(true);
  });

  it("has a label of its own beside an agent whose id is outside", () => {
    const s = talking(["agent1", "outside"]);
    s.asks({ kind: "start-transfer", by: null, to: agentId("outside"), mode: "three-way" });
    s.doesNotTake("outside-1", "busy");
    s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" });
    expect(s.record.transfers.map(({ target }) => target)).toEqual(["outside-1", "outside-2"]);
  });

  it("appears by address in the story", () => {
    const s = bringsIn("three-way");
    const ringing = storyOf(s.record).find(
      ({ event, label }) => event === "agent-ringing" && label === "outside-1",
    );
    expect(ringing?.party).toEqual(OUTSIDE);
  });
});
