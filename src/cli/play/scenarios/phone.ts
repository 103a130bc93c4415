import { MUSIC } from "../hearing.ts";
import type { Scenario } from "../scenario.ts";

export const toPhone: Scenario = {
  name: "phone",
  summary: "an operator transfers to a phone, where a person takes the call",
  async play(talk) {
    const { customer, first } = talk;
    await talk.begins();
    const phone = await talk.transfersToPhone("three-way");
    await talk.answersPhone(phone);
    talk.pressesKey(phone, "1");
    await talk.hear("with the phone", [customer, first], [customer, phone], [first, phone]);
    await talk.leaves(first);
    await talk.ends("completed");
    await talk.hear(`after ${first.name} has left`, [customer, phone]);
    await talk.customerHangsUp();
  },
};

export const phoneDeclined: Scenario = {
  name: "phone-declined",
  summary: "an operator transfers to a phone in private, and no one takes the call there",
  async play(talk) {
    const { customer, first } = talk;
    await talk.begins();
    const phone = await talk.transfersToPhone("consult");
    await talk.hear("while the phone rings", [customer, MUSIC]);
    await talk.answersPhone(phone);
    talk.pressesKey(phone, "2");
    await talk.ends("failed", "declined");
    await talk.hear("after the transfer", [customer, first]);
    await talk.customerHangsUp();
  },
};
