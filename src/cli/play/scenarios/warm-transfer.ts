import { agentAt, checkGreeting, customerCalls, customerHangsUp, getReady, transfer } from "../actions.ts";
import type { Scenario } from "../scenario.ts";

/** The tutorial (www.twilio.com/docs/voice/tutorials/warm-transfer), from the first ring to the last word. */
export const warmTransfer: Scenario = {
  name: "warm-transfer",
  summary:
    "the first agent answers, brings the second one in and leaves; the customer and the second keep talking",
  agents: 2,
  async play(stage) {
    const [first, second] = [agentAt(stage, 0), agentAt(stage, 1)];
    await getReady(stage, first, second);
    const call = await customerCalls(stage);
    await stage.waitForEvent("agent-joined", first.id);
    checkGreeting(stage);
    await stage.listen("before the transfer", [["customer", first.id]]);
    await transfer(stage, call, first, second);
    await stage.waitForEvent("agent-joined", second.id);
    await stage.listen(`with ${second.name}`, [
      ["customer", first.id],
      ["customer", second.id],
      [first.id, second.id],
    ]);
    await first.page.leave(call);
    first.person.hangUp();
    await stage.waitForEvent("agent-left", first.id);
    await stage.listen(`after ${first.name} has left`, [["customer", second.id]]);
    await customerHangsUp(stage);
  },
};
