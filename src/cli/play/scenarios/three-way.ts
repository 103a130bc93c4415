import { MUSIC } from "../hearing.ts";
import type { Scenario } from "../scenario.ts";

/** The tutorial (www.twilio.com/docs/voice/tutorials/warm-transfer), from the first ring to the last word. */
export const warmTransfer: Scenario = {
  name: "warm-transfer",
  summary: "the first agent brings the second one in and leaves",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.checkGreeting();
    await talk.hear("before the transfer", [customer, first]);
    await talk.transfers("three-way");
    await talk.answers(second);
    await talk.hear(`with ${second.name}`, ...talk.allThree);
    await talk.leaves(first);
    await talk.ends("completed");
    await talk.hear(`after ${first.name} has left`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const complete: Scenario = {
  name: "complete",
  summary: "all three talk, and the first agent presses Complete",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.hear(`while ${second.name} rings`, [customer, first]);
    await talk.answers(second);
    await talk.presses("complete");
    await talk.ends("completed");
    await talk.hear(`after ${first.name} was let go`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const leaveEarly: Scenario = {
  name: "leave-early",
  summary: "the first agent leaves while the second one rings",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.leaves(first);
    await talk.hear(`while ${second.name} rings`, [customer, MUSIC]);
    await talk.answers(second);
    await talk.ends("completed");
    await talk.hear(`after ${second.name} has joined`, [customer, second]);
    await talk.customerHangsUp();
  },
};

export const cancel: Scenario = {
  name: "cancel",
  summary: "the first agent presses Cancel while the second one rings",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.presses("cancel");
    await talk.ends("cancelled");
    await talk.isFree(second);
    await talk.hear("after the transfer", [customer, first]);
    await talk.customerHangsUp();
  },
};

export const cancelTogether: Scenario = {
  name: "cancel-together",
  summary: "all three talk, and the first agent presses Cancel",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.answers(second);
    await talk.hear(`with ${second.name}`, ...talk.allThree);
    await talk.presses("cancel");
    await talk.ends("cancelled");
    await talk.hear(`after ${second.name} was let go`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const targetLeaves: Scenario = {
  name: "target-leaves",
  summary: "all three talk, and the second agent leaves",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.answers(second);
    await talk.hear(`with ${second.name}`, ...talk.allThree);
    await talk.leaves(second);
    await talk.ends("failed", "target-left");
    await talk.hear(`after ${second.name} has left`, [customer, first]);
    await talk.customerHangsUp();
  },
};

export const abandoned: Scenario = {
  name: "abandoned",
  summary: "the customer hangs up while the second agent rings",
  async play(talk) {
    const { customer, first, second } = talk;
    await talk.begins();
    await talk.transfers("three-way");
    await talk.rings(second);
    await talk.hear(`while ${second.name} rings`, [customer, first]);
    await talk.customerHangsUp();
    await talk.ends("abandoned", "customer");
    await talk.isFree(second);
    await talk.isFree(first);
  },
};
