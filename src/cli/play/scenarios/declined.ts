import { agentAt, customerCalls, customerHangsUp, getReady, transfer } from "../actions.ts";
import type { Scenario } from "../scenario.ts";

const RINGS_MS = 800;

export const declined: Scenario = {
  name: "declined",
  summary: "the second agent declines the transfer; the customer and the first agent keep talking",
  agents: 2,
  async play(stage) {
    const [first, second] = [agentAt(stage, 0), agentAt(stage, 1)];
    second.person.setHabit({ kind: "declines", afterMs: RINGS_MS });
    await getReady(stage, first, second);
    const call = await customerCalls(stage);
    await stage.waitForEvent("agent-joined", first.id);
    await transfer(stage, call, first, second);
    await stage.waitForEvent("agent-ringing", second.id);
    await stage.listen(`while ${second.name} rings`, [["customer", first.id]]);
    const failed = await stage.waitForEvent("transfer-failed");
    const told = failed.reason === "declined";
    stage.check(`${first.name} is told why`, told, `the reason given was ${failed.reason}, not declined`);
    await stage.listen(`after ${second.name} has declined`, [["customer", first.id]]);
    await customerHangsUp(stage);
  },
};
