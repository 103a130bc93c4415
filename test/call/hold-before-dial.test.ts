import { describe, expect, it } from "vitest";
import type { AgentId, CallId } from "../../src/call/types.ts";
import { coordinatorStage } from "./support/coordinator-stage.ts";

const CALL = "CA1" as CallId;

describe("a consultation", () => {
  const consults = async () => {
    const x = coordinatorStage();
    for (const agent of ["agent1", "agent2"]) x.signsIn(agent);
    await x.customerCalls(CALL);
    await x.coordinator.idle();
    await x.joins(CALL, "agent1-1");
    x.asked.length = 0;
    return x;
  };
  const order = { kind: "start-transfer", by: null, to: "agent2" as AgentId, mode: "consult" } as const;

  it("dials only after Twilio has put the customer on hold", async () => {
    const x = await consults();
    let release = (): void => {};
    x.waitsFor(new Promise((resolve) => (release = resolve)));
    await x.submit(CALL, order);
    expect(x.asked).toEqual(["hold CA1 true"]);
    release();
    await x.coordinator.idle();
    expect(x.asked).toEqual(["hold CA1 true", "dial CA1 agent2-1"]);
  });

  it("dials nobody when the customer cannot be put on hold: the transfer fails", async () => {
    const x = await consults();
    x.fails("hold CA1 true");
    await x.submit(CALL, order);
    await x.coordinator.idle();
    expect(x.asked).toEqual(["hold CA1 true", "hold CA1 false"]);
    const record = await x.coordinator.get(CALL);
    expect(record?.transfers).toMatchObject([{ outcome: { kind: "failed", reason: "error" } }]);
  });
});
