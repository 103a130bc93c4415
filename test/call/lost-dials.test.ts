import { describe, expect, it } from "vitest";
import type { Survey } from "../../src/call/inputs.ts";
import { type Scene, named, sidOf, talking } from "./support/scene.ts";
import { inConference, label, rings } from "./support/shown.ts";

describe("a dial whose answer was lost", () => {
  const dialled = () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.actions();
    s.passes(6_000);
    return s;
  };
  const others = (s: Scene): Partial<Survey>[] => [inConference(s, "customer"), inConference(s, "agent1-1")];

  it("goes on if a survey shows that it rings", () => {
    const s = dialled();
    s.shows(...others(s), rings("agent2-1", s.now - 5_000));
    expect(s.leg("agent2-1")).toMatchObject({ state: "ringing", callSid: sidOf("agent2-1") });
    expect(s.actions()).toEqual([]);
    s.joins("agent2-1");
    s.leaves("agent1-1");
    expect(s.outcomes()).toEqual([{ kind: "completed" }]);
  });

  it("is hung up if it rings after the transfer was cancelled", () => {
    const s = dialled();
    s.tell({ kind: "cancel-transfer", by: null });
    s.shows(...others(s), rings("agent2-1", s.now - 5_000));
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
  });

  it("fails the transfer if Twilio never got it: customer and agent1 talk on", () => {
    const s = dialled();
    s.shows(...others(s), { unknown: [label("agent2-1")] });
    expect(s.outcomes()).toEqual([{ kind: "failed", reason: "error" }]);
    expect(s.actions()).toEqual([]);
  });

  it("stays open while it may be too new for Twilio's lists", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.passes(4_900);
    s.shows(...others(s), { unknown: [label("agent2-1")] });
    expect(s.outcomes()).toEqual([null]);
  });

  it("is hung up if it counted as failed and then rings", () => {
    const s = dialled();
    s.tell({ kind: "dial-failed", at: s.now, label: label("agent2-1"), reason: "error" });
    s.shows(...others(s), rings("agent2-1", s.now - 5_000));
    expect(named(s.actions())).toEqual(["hang-up agent2-1"]);
  });
});
