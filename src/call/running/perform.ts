import type { Decision } from "../decision.ts";
import type { Fact } from "../inputs.ts";
import type { Clock, ConferenceRef, Telephony } from "../ports.ts";
import { type Action, CUSTOMER, type CallId, type CallRecord, type CallSid, type Time } from "../types.ts";
import { createNextWay } from "./next-way.ts";
import type { Observer } from "./observer.ts";
import { createTurns } from "./turns.ts";

interface Needs {
  telephony: Telephony;
  clock: Clock;
  observe: Observer;
  /** The present record of a call that may have legs at Twilio. */
  known: (call: CallId) => CallRecord | undefined;
  onError: (error: unknown, call: CallId) => void;
}

type Order = { action: Action; record: CallRecord };

function send(telephony: Telephony, { action, record }: Order): Promise<CallSid | void> {
  const conference: ConferenceRef = { name: record.id, sid: record.conferenceSid };
  switch (action.kind) {
    case "dial": {
      const { label, party, ringSeconds } = action;
      return telephony.dial({ call: record.id, label, party, ringSeconds });
    }
    case "hang-up":
      return telephony.hangUp(action.callSid, { onlyIfUnanswered: action.onlyIfUnanswered });
    case "set-ends-conference":
      return telephony.setEndsConference(conference, action.callSid, action.value);
    case "set-hold":
      return telephony.setHold(conference, action.callSid, action.value);
    case "set-muted":
      return telephony.setMuted(conference, action.callSid, action.value);
    case "announce":
      return telephony.announce(conference, "agent-in-doubt");
    case "end-conference":
      return telephony.endConference(conference);
  }
}

/** Sends the request and reports its result to the observer. @throws the request's error */
async function sendObserved({ telephony, clock, observe }: Needs, order: Order): Promise<CallSid | void> {
  const startedAt = clock.now();
  const report = (error?: unknown): void =>
    observe.action(order.record, order.action, error, clock.now() - startedAt);
  try {
    const answer = await send(telephony, order);
    report();
    return answer;
  } catch (error) {
    report(error);
    throw error;
  }
}

function failure(action: Action, error: unknown, at: Time): Fact {
  if (action.kind === "dial") return { kind: "dial-failed", at, label: action.label, reason: "error" };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "action-failed", at, action, message };
}

/**
 * Actions in one lane never overtake each other: one lane has all actions on a leg once it is up. A dial may be slow, so it has its
 * own lane. But it waits if the same decision holds the customer, who must not hear the consultation.
 */
function laneOf({ action, record }: Order, orders: readonly Order[]): string {
  const subject = "label" in action ? action.label : "conference";
  const holdsCustomer = orders.some(
    ({ action }) => action.kind === "set-hold" && action.label === CUSTOMER && action.value,
  );
  if (action.kind === "dial" && holdsCustomer) return `${record.id} ${CUSTOMER}`;
  return `${record.id} ${action.kind === "dial" ? "dial " : ""}${subject}`;
}

function byLane(orders: readonly Order[]): Map<string, Order[]> {
  const lanes = new Map<string, Order[]>();
  for (const order of orders) {
    const lane = laneOf(order, orders);
    lanes.set(lane, [...(lanes.get(lane) ?? []), order]);
  }
  return lanes;
}

/** Gets Twilio's answer as a fact, and the error behind a failure. */
export type Report = (call: CallId, fact: Fact, error?: unknown) => void;

/**
 * Carries out decisions. Actions on one leg run one after another, across decisions, so that a hold never overtakes its end. The
 * first failure skips the rest of that decision's actions in the lane: a leg must lose `endsConference` before we hang it up.
 */
export function createPerformer(needs: Needs) {
  const { clock } = needs;
  const nextWay = createNextWay(needs);
  const inTurn = createTurns();
  const inOrder = async (orders: readonly Order[], report: Report): Promise<void> => {
    for (const [done, order] of orders.entries()) {
      try {
        const callSid = await sendObserved(needs, order);
        nextWay.done(order.record.id, order.action);
        if (callSid && order.action.kind === "dial")
          report(order.record.id, {
            kind: "leg-dialled",
            at: clock.now(),
            label: order.action.label,
            callSid,
          });
      } catch (error) {
        for (const { action, record } of orders.slice(done))
          report(record.id, failure(action, error, clock.now()), error);
        return;
      }
    }
  };
  return async ({ record, actions }: Decision, report: Report): Promise<void> => {
    nextWay.begin(record, actions);
    const lanes = [...byLane(actions.map((action) => ({ action, record })))];
    await Promise.all(lanes.map(([lane, group]) => inTurn(lane, () => inOrder(group, report))));
  };
}
