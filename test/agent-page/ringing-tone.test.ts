import { describe, expect, it } from "vitest";
import { initialModel, type Model } from "../../agent-page/agent/model.ts";
import { audiblyRinging } from "../../agent-page/agent/screen/steering.ts";
import type { AgentView } from "../../src/server/agent-events.ts";
import { type TransferMoment, transferView } from "./transfer-views.ts";
import type { LegView } from "../../src/server/control-api.ts";

const CONSULT = { mode: "consult", phase: "ringing" } as const;

function model(shown: AgentView, change: Partial<Model> = {}): Model {
  return {
    ...initialModel,
    session: "signed-in",
    agent: shown.agent,
    events: "open",
    line: { phase: "open", muted: false },
    view: shown,
    ...change,
  };
}

const withLegs = (change: (leg: LegView) => Partial<LegView>): AgentView => {
  const shown = transferView(CONSULT);
  const { call } = shown;
  return { ...shown, call: call && { ...call, legs: call.legs.map((leg) => ({ ...leg, ...change(leg) })) } };
};

describe("the ringing that the starter hears", () => {
  it("is that of the target in a consultation", () => {
    expect(audiblyRinging(model(transferView(CONSULT)))).toBe("agent2-1");
  });

  it.each<[string, TransferMoment]>([
    ["bringing in: starter and customer talk", { mode: "three-way", phase: "ringing" }],
    ["handing over: the starter leaves", { mode: "blind", phase: "ringing" }],
    ["once the target has answered", { mode: "consult", phase: "consulting" }],
    ["once all talk", { mode: "consult", phase: "together" }],
    ["by the target", { ...CONSULT, role: "target" }],
  ])("is not heard %s", (_, moment) => {
    expect(audiblyRinging(model(transferView(moment)))).toBeNull();
  });

  it.each<[string, Partial<Model>]>([
    ["in a window without the call", { line: null }],
    ["before the sound is connected", { line: { phase: "answering", muted: false } }],
    ["while the server may have more to say", { events: "lost" }],
  ])("is not heard %s", (_, change) => {
    expect(audiblyRinging(model(transferView(CONSULT), change))).toBeNull();
  });

  it.each<[string, (leg: LegView) => Partial<LegView>]>([
    ["before the target's page rings", ({ state }) => (state === "ringing" ? { state: "dialling" } : {})],
    [
      "while an operator lets the customer talk",
      ({ kind }) => (kind === "customer" ? { onHold: false } : {}),
    ],
  ])("is not heard %s", (_, change) => {
    expect(audiblyRinging(model(withLegs(change)))).toBeNull();
  });
});
