import { describe, expect, it } from "vitest";
import type { Observer } from "../../src/call/ports.ts";
import type { CallId } from "../../src/call/types.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";

const CALL = "CA1" as CallId;

function notebook() {
  const seen: string[] = [];
  const observe: Observer = {
    input: (call, { kind }, { refusal }) => seen.push(`${call} input ${kind} ${refusal?.code ?? "saved"}`),
    action: ({ id }, { kind }, error) => seen.push(`${id} action ${kind} ${error ? "failed" : "done"}`),
  };
  return { seen, observe };
}

describe("the observer of a call", () => {
  it("sees each input with its decision, and each action with its result", async () => {
    const { seen, observe } = notebook();
    const x = coordinatorStage({ observe });
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.transfers(CALL, "agent1", "agent2");
    expect(seen).toEqual([
      "CA1 input customer-called saved",
      "CA1 action dial done",
      "CA1 input leg-dialled saved",
      "CA1 input start-transfer not-in-call",
    ]);
  });

  it("sees an action fail, and its failure come back as an input", async () => {
    const { seen, observe } = notebook();
    const x = coordinatorStage({ observe });
    x.signsIn("agent1");
    x.fails("dial CA1 agent1-1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    expect(seen.slice(1, 3)).toEqual(["CA1 action dial failed", "CA1 input dial-failed saved"]);
  });

  it("cannot break the call by throwing", async () => {
    const broken = (): never => {
      throw new Error("no ink");
    };
    const x = coordinatorStage({ observe: { input: broken, action: broken } });
    x.signsIn("agent1");
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    expect((await x.coordinator.get(CALL))?.legs[1]?.callSid).toBe("CA-CA1-agent1-1");
    expect(x.errors.map(String)).toEqual(Array(3).fill("Error: no ink"));
  });
});
