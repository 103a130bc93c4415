import { legOf } from "./leg.ts";
import type { Action, CallRecord, FailedAction, Time } from "./types.ts";

/**
 * Between two tries of an action, in ms; after the last the action is given up. Two failures must not leave a customer in
 * silence for more than 2 s.
 */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

const isSame = (a: Action, b: Action): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Notes that Twilio did not take an action, and when to try it again. */
export function noteFailure(record: CallRecord, action: Action, now: Time): CallRecord {
  const earlier = record.failedActions.find((failed) => isSame(failed.action, action));
  const attempts = (earlier?.attempts ?? 0) + 1;
  const pause = PAUSES[attempts - 1];
  const noted: FailedAction = { action, attempts, dueAt: pause === undefined ? null : now + pause };
  const others = record.failedActions.filter((failed) => failed !== earlier);
  return { ...record, failedActions: [...others, noted] };
}

/** A call moves on while an action waits for its next try: is it still what we want? */
function isStillWanted(record: CallRecord, action: Action): boolean {
  if (action.kind === "dial") return false;
  if (action.kind === "end-conference") return record.conferenceEnd === null;
  const leg = legOf(record, action.label);
  if (!leg || leg.state === "left") return false;
  if (action.kind === "hang-up") return leg.unwanted;
  if (action.kind === "set-ends-conference") return leg.endsConference === action.value;
  if (record.endedAt !== null) return false;
  return action.kind === "set-hold" ? leg.onHold === action.value : leg.muted === action.value;
}

/** The actions whose next try is due, and the record in which they are noted as being tried. */
export function takeDueRetries(record: CallRecord, now: Time): { record: CallRecord; actions: Action[] } {
  const isDue = (failed: FailedAction): boolean => failed.dueAt !== null && failed.dueAt <= now;
  const actions = record.failedActions.filter(isDue).map((failed) => failed.action);
  const failedActions = record.failedActions.map((failed) =>
    isDue(failed) ? { ...failed, dueAt: null } : failed,
  );
  return {
    record: actions.length === 0 ? record : { ...record, failedActions },
    actions: actions.filter((action) => isStillWanted(record, action)),
  };
}
