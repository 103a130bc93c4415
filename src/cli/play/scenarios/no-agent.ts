import { agentAt, checkGreeting, customerCalls, customerHangsUp, getReady } from "../actions.ts";
import type { Scenario } from "../scenario.ts";

export const noAgent: Scenario = {
  name: "no-agent",
  summary: "no agent is ready; the customer hears music until one is",
  agents: 1,
  async play(stage) {
    const agent = agentAt(stage, 0);
    stage.step("no agent is ready");
    await customerCalls(stage);
    await stage.waitForEvent("customer-called");
    await stage.listen("while no agent is ready", []);
    checkGreeting(stage);
    const waits = stage.customer.person.state === "talking";
    stage.check("the customer is still on the line", waits, "the customer's call was ended");
    await getReady(stage, agent);
    await stage.waitForEvent("agent-joined", agent.id);
    await stage.listen(`after ${agent.name} has joined`, [["customer", agent.id]]);
    await customerHangsUp(stage);
  },
};
