import { customerOf, dialledLegs, isStaying } from "../legs.ts";
import type { Clock, Telephony } from "../ports.ts";
import { type Action, CUSTOMER, type CallId, type CallRecord } from "../types.ts";

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

interface Needs {
  telephony: Telephony;
  clock: Clock;
  /** The present record of a call that may have legs at Twilio. */
  known: (call: CallId) => CallRecord | undefined;
  onError: (error: unknown, call: CallId) => void;
}

/** Keeps a customer from silence while an action at Twilio is late. */
export function createNextWay({ telephony, clock, known, onError }: Needs) {
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
