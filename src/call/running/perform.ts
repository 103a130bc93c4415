import type { Decision } from "../decision.ts";
import { customerOf, dialledLegs, isStaying } from "../legs.ts";
import type { Fact } from "../inputs.ts";
import type { Clock, ConferenceRef, Telephony } from "../ports.ts";
import { type Action, CUSTOMER, type CallId, type CallRecord, type CallSid, type Time } from "../types.ts";
import type { Observer } from "./observer.ts";
import { createTurns } from "./turns.ts";

/** A hold of the customer that Twilio has not confirmed after this time, in ms, counted from the decision, gets a second way. */
const NEXT_WAY = 1_800;
/** An announcement lasts about so long, in ms; then comes the next one. */
const ANNOUNCE_AGAIN = 10_000;

const isHoldOfCustomer = (action: Action): action is Extract<Action, { kind: "set-hold" }> =>
  action.kind === "set-hold" && action.label === CUSTOMER;

/** Who is put on hold for a consultation is not: until Twilio takes that, the agents hear the customer. */
const isAlone = (record: CallRecord | undefined): boolean =>
  record !== undefined && customerOf(record)?.onHold === true && !dialledLegs(record).some(isStaying);

interface Needs {
  telephony: Telephony;
  clock: Clock;
  observe: Observer;
  /** The call as it is now, unless it has ended. */
  current: (call: CallId) => CallRecord | undefined;
  onError: (error: unknown, call: CallId) => void;
}

/**
 * Keeps a customer whose hold Twilio does not take from silence, with an announcement into the conference: another resource, and
 * a fresh request, while that of the hold may hang. An announcement ends by itself, so nothing has to be undone.
 */
function createNextWay({ telephony, clock, current, onError }: Needs) {
  const waiting = new Map<CallId, { cancel(): void }>();
  const end = (call: CallId): void => {
    waiting.get(call)?.cancel();
    waiting.delete(call);
  };
  const announce = (record: CallRecord): void => {
    if (!isAlone(current(record.id))) return end(record.id);
    waiting.set(
      record.id,
      clock.after(ANNOUNCE_AGAIN, () => announce(record)),
    );
    telephony
      .announce({ name: record.id, sid: record.conferenceSid }, "hold-the-line")
      .catch((error: unknown) => onError(error, record.id));
  };
  return {
    /** Actions were decided, and are about to be done. */
    begin(record: CallRecord, actions: readonly Action[]): void {
      const hold = actions.find(isHoldOfCustomer);
      if (hold?.value === false) return end(record.id);
      if (!hold || !isAlone(record) || waiting.has(record.id)) return;
      waiting.set(
        record.id,
        clock.after(NEXT_WAY, () => announce(record)),
      );
    },
    /** Twilio has taken an action. */
    done(call: CallId, action: Action): void {
      if (isHoldOfCustomer(action)) end(call);
    },
  };
}

type Order = { action: Action; record: CallRecord };

function ask(telephony: Telephony, { action, record }: Order): Promise<CallSid | void> {
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

/** Asks Twilio while somebody looks on. @throws what Twilio did */
async function watched({ telephony, clock, observe }: Needs, order: Order): Promise<CallSid | void> {
  const began = clock.now();
  const tell = (error?: unknown): void =>
    observe.action(order.record, order.action, error, clock.now() - began);
  try {
    const answer = await ask(telephony, order);
    tell();
    return answer;
  } catch (error) {
    tell(error);
    throw error;
  }
}

function failure(action: Action, error: unknown, at: Time): Fact {
  if (action.kind === "dial") return { kind: "dial-failed", at, label: action.label, reason: "error" };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "action-failed", at, action, message };
}

/**
 * What must not overtake each other: all that is done to a leg once it is up. A dial may be slow, and holds up nothing, but it
 * waits for a customer who is put on hold by the same decision: nobody hears a consultation.
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

/** Gets what Twilio answered, as a fact, and the error behind a failure. */
export type Report = (call: CallId, fact: Fact, error?: unknown) => void;

/**
 * Does what was decided. Actions on one leg follow each other, also those of an earlier decision, so that a hold never
 * overtakes its end. Those of one decision end with the first that fails: a leg whose leaving would end the conference
 * must not be hung up before that is taken back.
 */
export function createPerformer(needs: Needs) {
  const { clock } = needs;
  const nextWay = createNextWay(needs);
  const inTurn = createTurns();
  const inOrder = async (orders: readonly Order[], report: Report): Promise<void> => {
    for (const [done, order] of orders.entries()) {
      try {
        const callSid = await watched(needs, order);
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
