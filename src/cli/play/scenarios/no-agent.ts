import { agentAt, checkGreeting, customerCalls, customerHangsUp, getReady } from "../actions.ts";
import type { Scenario } from "../scenario.ts";

export const noAgent: Scenario = {
  name: "no-agent",
  summary: "nobody is there; the customer waits with music until an agent becomes ready",
  agents: 1,
  async play(stage) {
    const agent = agentAt(stage, 0);
    stage.step("nobody is ready");
    await customerCalls(stage);
    await stage.waitForEvent("customer-called");
    await stage.listen("while nobody is there", []);
    checkGreeting(stage);
    const waits = stage.customer.person.state === "talking";
    stage.check("the customer is still on the line", waits, "the customer's call was ended");
    await getReady(stage, agent);
    await stage.waitForEvent("agent-joined", agent.id);
    await stage.listen(`when ${agent.name} has come`, [["customer", agent.id]]);
    await customerHangsUp(stage);
  },
};
