import { describe, expect, it } from "vitest";
import { beginCall, decide } from "../../src/call/rules/decide.ts";
import { CUSTOMER, type Label } from "../../src/call/types.ts";
import { CALL, SETTINGS, START, agentId, talking } from "./support/scene.ts";

describe("a transfer", () => {
  it("has an id of its own in its call", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.doesNotTake("agent2-1", "busy");
    s.transfers("agent1", "agent3");
    expect(s.record.transfers.map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

it("the record's revision rises with each change, and only then", () => {
  const s = talking();
  const revisions = [s.record.revision];
  for (const _ of [1, 2]) {
    s.transfers("agent1", "agent2");
    revisions.push(s.record.revision);
  }
  const [before = 0, after = 0, again] = revisions;
  expect(after).toBeGreaterThan(before);
  expect(again).toBe(after);
});

describe("an agent who leaves", () => {
  it("twice leaves once, at the time of the first request", () => {
    const s = talking();
    s.transfers("agent1", "agent2");
    s.answers("agent2-1");
    const said = s.now;
    const leave = { kind: "leave", by: agentId("agent1") } as const;
    expect(s.asks(leave)).toBeNull();
    s.passes(1_000);
    expect(s.asks(leave)).toBeNull();
    expect(s.leg("agent1-1").dismissedAt).toBe(said);
  });
});

describe("an agent's own mute", () => {
  it("applies to that agent's leg only", () => {
    const s = talking();
    const mute = { kind: "mute-self", muted: true } as const;
    expect(s.asks({ ...mute, by: null })?.code).toBe("not-in-call");
    expect(s.asks({ ...mute, by: agentId("agent2") })?.code).toBe("not-in-call");
    expect(s.record.legs.map(({ mutedSelf }) => mutedSelf ?? false)).toEqual([false, false]);
    expect(s.asks({ ...mute, by: agentId("agent1") })).toBeNull();
    expect(s.leg("agent1-1").mutedSelf).toBe(true);
  });
});

describe("a change of a participant", () => {
  it("is allowed for an agent in the call, and for no other", () => {
    const s = talking();
    const hold = { kind: "change-participant", label: CUSTOMER, change: "hold" } as const;
    expect(s.asks({ ...hold, by: agentId("agent2") })?.code).toBe("not-in-call");
    expect(s.asks({ ...hold, by: agentId("agent1") })).toBeNull();
    expect(s.leg("customer").holdWanted).toBe(true);
  });

  it("is refused with a sentence before anyone has joined", () => {
    const policy = { ...SETTINGS, agents: [], free: [], signedIn: [] };
    const called = { kind: "customer-called", at: START, call: CALL, number: "+15550100" } as const;
    const { record } = beginCall(called, policy, START);
    const refusal = (label: string) =>
      decide(record, { kind: "change-participant", label: label as Label, change: "mute" }, policy, START)
        .refusal;
    expect(refusal("customer")?.message).toBe("The customer is not in the conference yet.");
    expect(refusal("agent9-1")?.message).toBe(
      "There is no participant agent9-1 in this call: nobody is in it.",
    );
  });
});
