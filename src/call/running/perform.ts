import type { Decision } from "../decision.ts";
import type { Fact } from "../inputs.ts";
import { customerOf, dialledLegs, isStaying } from "../legs.ts";
import type { Clock, ConferenceRef, Observer, Telephony } from "../ports.ts";
import { type Action, type CallId, type CallRecord, type CallSid, CUSTOMER, type Time } from "../types.ts";
import { createTurns } from "./timing.ts";

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

/** If an action is not done so many ms after the decision, the server takes a second way: 2 s of silence are the limit. */
const NEXT_WAY = 1_800;
/** About the length of an announcement, in ms; then the next one follows. */
const AGAIN = 10_000;

interface Way {
  /** True if the customer would be in silence without this way. */
  isNeeded(record: CallRecord): boolean;
  take(telephony: Telephony, record: CallRecord): Promise<void>;
}

/** A customer whom we hold for a consultation is not alone: until Twilio does it, the agents hear the customer. */
const isAlone = (record: CallRecord): boolean =>
  record.endedAt === null && customerOf(record)?.onHold === true && !dialledLegs(record).some(isStaying);

/** The agents have left, and the customer hears the closing sentence only outside the conference. */
function isShutIn(record: CallRecord): boolean {
  const customer = customerOf(record);
  if (record.endedAt === null || record.conferenceEnd !== null || !customer) return false;
  return customer.state !== "left" && customer.releasedAt === undefined;
}

/** Each way uses another resource at Twilio and a fresh request, because the first request may hang. */
const WAYS: Partial<Record<Action["kind"], Way>> = {
  // An announcement ends without another request, so there is nothing to undo.
  "set-hold": {
    isNeeded: isAlone,
    take: (telephony, { id, conferenceSid }) =>
      telephony.announce({ name: id, sid: conferenceSid }, "hold-the-line"),
  },
  "end-conference": {
    isNeeded: isShutIn,
    async take(telephony, record) {
      const callSid = customerOf(record)?.callSid ?? null;
      if (callSid !== null)
        await telephony.release({ call: record.id, callSid, stay: record.returns?.length ?? 0 });
    },
  },
};

const hasWay = (action: Action): boolean =>
  action.kind === "set-hold" ? action.label === CUSTOMER : WAYS[action.kind] !== undefined;

/** Keeps a customer from silence while an action at Twilio is late. */
function createNextWay({ telephony, clock, known, onError }: Needs) {
  const waiting = new Map<string, { cancel(): void }>();
  const keyOf = (call: CallId, { kind }: Action): string => `${call} ${kind}`;
  const end = (call: CallId, action: Action): void => {
    waiting.get(keyOf(call, action))?.cancel();
    waiting.delete(keyOf(call, action));
  };
  const take = (call: CallId, action: Action): void => {
    const [way, record] = [WAYS[action.kind], known(call)];
    if (!way || !record || !way.isNeeded(record)) return end(call, action);
    waiting.set(
      keyOf(call, action),
      clock.after(AGAIN, () => take(call, action)),
    );
    way.take(telephony, record).catch((error: unknown) => onError(error, call));
  };
  return {
    /** Call this before the actions start. */
    begin(record: CallRecord, actions: readonly Action[]): void {
      for (const action of actions.filter(hasWay)) {
        const isUndoing = "value" in action && !action.value;
        if (isUndoing) end(record.id, action);
        else if (WAYS[action.kind]?.isNeeded(record) === true && !waiting.has(keyOf(record.id, action)))
          waiting.set(
            keyOf(record.id, action),
            clock.after(NEXT_WAY, () => take(record.id, action)),
          );
      }
    },
    /** Call this when an action has succeeded. */
    done(call: CallId, action: Action): void {
      if (hasWay(action)) end(call, action);
    },
  };
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
