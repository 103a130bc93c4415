import { MUSIC } from "../hearing.ts";
import type { Scenario } from "../scenario.ts";
import type { Talk } from "../talk.ts";

/** The customer hears music, and the agents talk in private. */
export async function consult(talk: Talk): Promise<void> {
  const { customer, first, second } = talk;
  await talk.begins();
  await talk.transfers("consult");
  await talk.answers(second);
  await talk.hear("in the consultation", [first, second], [customer, MUSIC]);
}

export const consultComplete: Scenario = {
  name: "consult",
  summary: "the agents talk in private, and the first presses Complete",
  async play(talk) {
    const { customer, second } = talk;
    await talk.begins();
    await talk.transfers("consult");
    await talk.rings(second);
    await talk.hear(`while ${second.name} rings`, [customer, MUSIC]);
    await talk.answers(second);
    await talk.hear("in the consultation", [talk.first, second], [customer, MUSIC]);
    await talk.presses("complete");
    await talk.ends("completed");
    await talk.hear("after Complete", [customer, second]);
    await talk.customerHangsUp();
  },
};

export const consultLeave: Scenario = {
  name: "consult-leave",
  summary: "in a consultation, the first agent leaves",
  async play(talk) {
    const { customer, first, second } = talk;
    await consult(talk);
    await talk.leaves(first);
    await talk.ends("completed");
    await talk.hear(`after ${first.name} has left`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const consultTogether: Scenario = {
  name: "consult-together",
  summary: "in a consultation, the first agent presses Bring together",
  async play(talk) {
    const { customer, first, second } = talk;
    await consult(talk);
    await talk.presses("bring-together");
    await talk.hear("after Bring together", ...talk.allThree);
    await talk.leaves(first);
    await talk.ends("completed");
    await talk.hear(`after ${first.name} has left`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const consultSwap: Scenario = {
  name: "consult-swap",
  summary: "in a consultation, the first agent swaps to the customer and back",
  async play(talk) {
    const { customer, first, second } = talk;
    await consult(talk);
    await talk.presses("swap");
    await talk.hear("after the first Swap", [customer, first], [second, MUSIC]);
    await talk.presses("swap");
    await talk.hear("after the second Swap", [first, second], [customer, MUSIC]);
    await talk.presses("complete");
    await talk.ends("completed");
    await talk.hear("after Complete", [customer, second]);
    await talk.customerHangsUp();
  },
};

export const consultCancel: Scenario = {
  name: "consult-cancel",
  summary: "in a consultation, the first agent presses Cancel",
  async play(talk) {
    const { customer, first } = talk;
    await consult(talk);
    await talk.presses("cancel");
    await talk.ends("cancelled");
    await talk.hear("after Cancel", [customer, first]);
    await talk.customerHangsUp();
  },
};

export const consultTargetLeaves: Scenario = {
  name: "consult-target-leaves",
  summary: "in a consultation, the second agent leaves",
  async play(talk) {
    const { customer, first, second } = talk;
    await consult(talk);
    await talk.leaves(second);
    await talk.ends("failed", "target-left");
    await talk.hear(`after ${second.name} has left`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const consultDeclined: Scenario = {
  name: "consult-declined",
  summary: "the second agent declines a consultation",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("consult");
    await talk.rings(second);
    await talk.hear(`while ${second.name} rings`, [customer, MUSIC]);
    await talk.declines(second);
    await talk.ends("failed", "declined");
    await talk.hear("after the transfer", [customer, first]);
    await talk.customerHangsUp();
  },
};

export const consultLeaveEarly: Scenario = {
  name: "consult-leave-early",
  summary: "the first agent leaves before the second answers the consultation",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("consult");
    await talk.rings(second);
    await talk.leaves(first);
    await talk.hear(`while ${second.name} rings`, [customer, MUSIC]);
    await talk.answers(second);
    await talk.ends("completed");
    await talk.hear(`after ${second.name} has joined`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const consultAbandoned: Scenario = {
  name: "consult-abandoned",
  summary: "the customer hangs up during a consultation",
  async play(talk) {
    await consult(talk);
    await talk.customerHangsUp();
    await talk.ends("abandoned", "customer");
    await talk.isFree(talk.first);
    await talk.isFree(talk.second);
  },
};
