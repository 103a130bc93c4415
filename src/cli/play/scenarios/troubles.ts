import { MUSIC } from "../hearing.ts";
import { consult } from "./consult.ts";
import type { Scenario } from "../scenario.ts";

export const declined: Scenario = {
  name: "declined",
  summary: "the second agent declines, and the first keeps the customer",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.hear(`while ${second.name} rings`, [customer, first]);
    await talk.declines(second);
    await talk.ends("failed", "declined");
    await talk.hear(`after ${second.name} has declined`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const noAnswer: Scenario = {
  name: "no-answer",
  summary: "the second agent does not answer, and the first keeps the customer",
  ringSeconds: 6,
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.ends("failed", "no-answer");
    await talk.isFree(second);
    await talk.hear("after the transfer", [customer, first]);
    await talk.customerHangsUp();
  },
};

export const busy: Scenario = {
  name: "busy",
  summary: "the second agent talks to another customer, so the transfer is refused",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    const other = await talk.otherCustomerCalls();
    await talk.answers(second);
    await talk.isRefused(`${second.id} is in a call`);
    await talk.hear("after the refusal", [customer, first], [other, second]);
    await talk.customerHangsUp();
  },
};

export const unreachable: Scenario = {
  name: "unreachable",
  summary: "Twilio cannot reach the second agent's browser",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    second.person.setHabit({ kind: "unreachable" });
    await talk.transfers("three-way");
    await talk.ends("failed", "unreachable");
    await talk.hear("after the transfer", [customer, first]);
    await talk.customerHangsUp();
  },
};

export const rungBack: Scenario = {
  name: "rung-back",
  summary: "the first agent leaves early, the second declines, the first is rung",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.leaves(first);
    await talk.declines(second);
    await talk.ends("failed", "declined");
    await talk.rings(first);
    await talk.hear(`while ${first.name} rings`, [customer, MUSIC]);
    await talk.answers(first);
    await talk.hear(`with ${first.name} again`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const lostAgent: Scenario = {
  name: "lost-agent",
  summary: "the first agent's browser crashes during the talk, and is rung again",
  async play(talk) {
    const { customer, first } = talk;
    await talk.begins();
    await talk.hear("before the crash", [customer, first]);
    talk.isLost(first);
    await talk.rings(first);
    await talk.hear(`while ${first.name} rings`, [customer, MUSIC]);
    await talk.answers(first);
    await talk.hear(`with ${first.name} again`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const lostInConsultation: Scenario = {
  name: "lost-in-consultation",
  summary: "the first agent's browser crashes in a consultation",
  async play(talk) {
    const { customer, first, second } = talk;
    await consult(talk);
    talk.isLost(first);
    await talk.ends("completed");
    await talk.hear("after the crash", [customer, second]);
    await talk.customerHangsUp();
  },
};
