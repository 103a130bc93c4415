import { MUSIC } from "../hearing.ts";
import type { Scenario } from "../scenario.ts";
import type { Talk } from "../talk.ts";

/** The first agent is let go, the second one rings, and the customer hears music. */
async function handOver(talk: Talk): Promise<void> {
  const { customer, first, second } = talk;
  await talk.begins();
  await talk.transfers("blind");
  await talk.isFree(first);
  await talk.rings(second);
  await talk.hear(`while ${second.name} rings`, [customer, MUSIC]);
}

/** The customer goes back to the first agent. */
async function goesBack(talk: Talk): Promise<void> {
  const { customer, first } = talk;
  await talk.answers(first);
  await talk.hear(`with ${first.name} again`, [customer, first]);
  await talk.customerHangsUp();
}

export const blind: Scenario = {
  name: "blind",
  summary: "the first agent hands over at once, and the second answers",
  async play(talk) {
    const { customer, second } = talk;
    await handOver(talk);
    await talk.answers(second);
    await talk.ends("completed");
    await talk.hear(`after ${second.name} has joined`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const blindDeclined: Scenario = {
  name: "blind-declined",
  summary: "the second agent declines, and the first one is rung back",
  async play(talk) {
    await handOver(talk);
    await talk.declines(talk.second);
    await talk.ends("failed", "declined");
    await goesBack(talk);
  },
};

export const blindNoAnswer: Scenario = {
  name: "blind-no-answer",
  summary: "the second agent does not answer, and the first is rung back",
  ringSeconds: 6,
  async play(talk) {
    await handOver(talk);
    await talk.ends("failed", "no-answer");
    await goesBack(talk);
  },
};

export const blindAbandoned: Scenario = {
  name: "blind-abandoned",
  summary: "the customer hangs up while the second agent rings",
  async play(talk) {
    await handOver(talk);
    await talk.customerHangsUp();
    await talk.ends("abandoned", "customer");
    await talk.isFree(talk.second);
  },
};

export const voicemail: Scenario = {
  name: "voicemail",
  summary: "the second agent declines, and the customer leaves a message",
  afterFailure: "voicemail",
  async play(talk) {
    await handOver(talk);
    await talk.declines(talk.second);
    await talk.ends("failed", "declined");
    await talk.leavesMessage();
    await talk.isFree(talk.first);
  },
};
