import { agentAt, customerCalls, customerHangsUp, getReady } from "../actions.ts";
import type { Scenario } from "../scenario.ts";

export const customerGivesUp: Scenario = {
  name: "customer-gives-up",
  summary: "the customer hangs up while the first agent's page rings; the ringing stops",
  agents: 1,
  async play(stage) {
    const agent = agentAt(stage, 0);
    agent.person.setHabit({ kind: "never-answers" });
    await getReady(stage, agent);
    await customerCalls(stage);
    await stage.waitForEvent("agent-ringing", agent.id);
    await stage.listen(`while ${agent.name}'s page rings`, []);
    await customerHangsUp(stage);
    await agent.page.until(`${agent.name} to be free again`, (view) => view.state === "free");
    const quiet = agent.person.state === "idle";
    stage.check(`${agent.name}'s page has stopped ringing`, quiet, `${agent.name}'s page still rings`);
  },
};
