import { customerOf, dialledLegs, isStaying } from "../legs.ts";
import type { Clock, Telephony } from "../ports.ts";
import { type Action, type CallId, type CallRecord, CUSTOMER } from "../types.ts";

/** A hold of the customer that Twilio has not confirmed after this time, in ms, counted from the decision, gets a second way. */
const NEXT_WAY = 1_800;
/** An announcement lasts about so long, in ms; then comes the next one. */
const AGAIN = 10_000;

const isHoldOfCustomer = (action: Action): action is Extract<Action, { kind: "set-hold" }> =>
  action.kind === "set-hold" && action.label === CUSTOMER;

/** Who is put on hold for a consultation is not: until Twilio takes that, the agents hear the customer. */
const isAlone = (record: CallRecord | undefined): boolean =>
  record !== undefined && customerOf(record)?.onHold === true && !dialledLegs(record).some(isStaying);

interface Needs {
  telephony: Pick<Telephony, "announce">;
  clock: Clock;
  current: (call: CallId) => CallRecord | undefined;
  onError: (error: unknown, call: CallId) => void;
}

export type NextWay = ReturnType<typeof createNextWay>;

/**
 * Keeps a customer whose hold Twilio does not take from silence, with an announcement into the conference: another resource, and
 * a fresh request, while that of the hold may hang. An announcement ends by itself, so nothing has to be undone.
 * @param current the call as it is now, unless it has ended
 */
export function createNextWay({ telephony, clock, current, onError }: Needs) {
  const waiting = new Map<CallId, { cancel(): void }>();
  const end = (call: CallId): void => {
    waiting.get(call)?.cancel();
    waiting.delete(call);
  };
  const announce = (record: CallRecord): void => {
    if (!isAlone(current(record.id))) return end(record.id);
    waiting.set(
      record.id,
      clock.after(AGAIN, () => announce(record)),
    );
    telephony
      .announce({ name: record.id, sid: record.conferenceSid })
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
