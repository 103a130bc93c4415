import { MUSIC } from "../hearing.ts";
import type { Scenario } from "../scenario.ts";

export const noAgent: Scenario = {
  name: "no-agent",
  summary: "no agent is ready; the customer hears music until one is",
  async play(talk) {
    const { customer, first } = talk;
    talk.step("no agent is ready");
    await talk.customerCalls();
    await talk.hear("while no agent is ready", [customer, MUSIC]);
    await talk.checkGreeting();
    await talk.getReady(first);
    await talk.answers(first);
    await talk.hear(`after ${first.name} has joined`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const customerGivesUp: Scenario = {
  name: "customer-gives-up",
  summary: "the customer hangs up while the first agent's page rings",
  async play(talk) {
    const { customer, first } = talk;
    await talk.getReady(first);
    await talk.customerCalls();
    await talk.rings(first);
    await talk.hear(`while ${first.name}'s page rings`, [customer, MUSIC]);
    await talk.customerHangsUp();
    await talk.isFree(first);
  },
};
