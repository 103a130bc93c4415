import type { Clock, ConferenceRef, Telephony } from "./ports.ts";
import type { Action, CallRecord, CallSid, Fact, Time } from "./types.ts";

type Order = { action: Action; record: CallRecord };

function ask(telephony: Telephony, { action, record }: Order): Promise<CallSid | void> {
  const conference: ConferenceRef = { name: record.id, sid: record.conferenceSid };
  switch (action.kind) {
    case "dial": {
      const { label, agent, ringSeconds } = action;
      return telephony.dialAgent({ call: record.id, label, agent, ringSeconds });
    }
    case "hang-up":
      return telephony.hangUp(action.callSid);
    case "set-ends-conference":
      return telephony.setEndsConference(conference, action.callSid, action.value);
    case "set-hold":
      return telephony.setHold(conference, action.callSid, action.value);
    case "end-conference":
      return telephony.endConference(conference);
  }
}

function failure(action: Action, error: unknown, at: Time): Fact {
  if (action.kind === "dial") return { kind: "dial-failed", at, label: action.label, reason: "error" };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "action-failed", at, action, message };
}

/** Actions on one leg together, in their order; those on the conference are one group. */
function byLeg(orders: readonly Order[]): Order[][] {
  const groups = new Map<string, Order[]>();
  for (const order of orders) {
    const key = "label" in order.action ? order.action.label : "";
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()];
}

/**
 * Does what was decided. Actions on one leg follow each other, and end with the first that fails: a leg whose leaving
 * would end the conference must not be hung up before that is taken back.
 *
 * @param report gets what Twilio answered, as a fact, and the error behind a failure
 */
export async function perform(
  telephony: Telephony,
  orders: readonly Order[],
  clock: Clock,
  report: (fact: Fact, error?: unknown) => void,
): Promise<void> {
  const inOrder = async (group: readonly Order[]): Promise<void> => {
    for (const [done, order] of group.entries()) {
      try {
        const callSid = await ask(telephony, order);
        if (callSid && order.action.kind === "dial")
          report({ kind: "leg-dialled", at: clock.now(), label: order.action.label, callSid });
      } catch (error) {
        for (const { action } of group.slice(done)) report(failure(action, error, clock.now()), error);
        return;
      }
    }
  };
  await Promise.all(byLeg(orders).map(inOrder));
}
