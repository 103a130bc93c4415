import type { Action, CallRecord, Leg, Phase, Retries, Retry, Time, Told, Transfer } from "./types.ts";

/** The version of the records that this release writes. Raise it, and add a step below, when a record's shape changes. */
export const RECORD_VERSION = 3;

type Older = Record<string, unknown>;

/** Version 2: each transfer has its phase. Release 0.1.0 wrote version 1, without a version field. */
function toVersion2(record: Older): Older {
  const legs = record.legs as readonly Pick<Leg, "label" | "state">[];
  const phaseOf = ({ outcome, target }: Pick<Transfer, "outcome" | "target">): Phase => {
    if (outcome !== null) return "ended";
    return legs.some(({ label, state }) => label === target && state === "joined") ? "together" : "ringing";
  };
  const transfers = (record.transfers as readonly Transfer[]).map((transfer) => ({
    ...transfer,
    phase: phaseOf(transfer),
  }));
  return { ...record, transfers, version: 2 };
}

type OldLeg = Leg & { readonly insistedAt?: Time };
/** An action that had failed at Twilio. `dueAt` is null while a try was in progress, or after the last one. */
type FailedAction = { readonly action: Action; readonly attempts: number; readonly dueAt: Time | null };

const PROPERTIES = {
  "set-hold": "onHold",
  "set-ends-conference": "endsConference",
  "set-muted": "muted",
  "hang-up": "hungUp",
} as const;

function hungUpOf(leg: OldLeg): Told["hungUp"] {
  if (leg.leaveWasTold === true) return "gone";
  if (!leg.unwanted || leg.callSid === null || leg.hangsUpItself === true) return "no";
  return leg.insistedAt !== undefined ? "insisted" : leg.joinedAt === null ? "unanswered" : "joined";
}

/** Older records imply that Twilio was told everything wanted, except for the failed actions. */
function withTold({ insistedAt, ...leg }: OldLeg, failed: readonly FailedAction[]): Leg {
  const { endsConference, onHold, muted } = leg;
  const hungUp = hungUpOf(insistedAt === undefined ? leg : { ...leg, insistedAt });
  const retries: { -readonly [Name in keyof Retries]: Retry } = {};
  const told: { -readonly [Name in keyof Told]: Told[Name] } = {
    dialled: true,
    onHold,
    endsConference,
    muted,
    hungUp,
  };
  for (const { action, attempts, dueAt: from } of failed) {
    if (!("label" in action) || action.kind === "dial" || action.label !== leg.label) continue;
    const name = PROPERTIES[action.kind];
    const value = "value" in action ? action.value : hungUp === "insisted";
    if (name !== "hungUp" && leg[name] !== value) continue;
    retries[name] = { value, attempts, from };
    if (from === null) continue;
    if (name === "hungUp") told.hungUp = "no";
    else told[name] = null;
  }
  return { ...leg, told, ...(Object.keys(retries).length === 0 ? {} : { retries }) };
}

/** Version 3: each leg keeps what Twilio was told about it. */
function toVersion3({ failedActions, ...record }: Older): Older {
  const failed = failedActions as readonly FailedAction[];
  const { endedAt, legs } = record as unknown as CallRecord;
  const end = failed.find(({ action }) => action.kind === "end-conference");
  const endRetry: Retry | undefined = end && { value: true, attempts: end.attempts, from: end.dueAt };
  return {
    ...record,
    legs: legs.map((leg) => withTold(leg, failed)),
    toldToEnd: endedAt !== null && (end === undefined || end.dueAt === null),
    ...(endRetry ? { endRetry } : {}),
    version: 3,
  };
}

/** Each step upgrades a record from one version to the next. */
const STEPS = [toVersion2, toVersion3];

/**
 * Returns a stored record in today's shape. A record of a later version stays as it is.
 * @throws TypeError, among others, for a value that is no call record
 */
export function upgradeRecord(value: unknown): unknown {
  const { version = 1 } = value as { version?: unknown };
  if (typeof version !== "number") throw new TypeError("The version of a record is a number.");
  return STEPS.slice(version - 1).reduce<unknown>((record, step) => step(record as Older), value);
}
