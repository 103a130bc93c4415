import { RECORD_VERSION, upgradeRecord } from "../call/record-versions.ts";
import type {
  CallRecord,
  EndedBy,
  FailureReason,
  HungUp,
  LeaveReason,
  Leg,
  LegState,
  Message,
  Outcome,
  Party,
  Phase,
  Retries,
  Retry,
  Told,
  Transfer,
  TransferFailure,
  TransferMode,
} from "../call/types.ts";
import {
  type Shape,
  isFlag,
  isNumber,
  isText,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orMissing,
  orNull,
  variantsOf,
} from "./shape.ts";

const isTime = isNumber;
const time = orNull(isTime);
const text = orNull(isText);

const REASONS: Record<FailureReason, true> = {
  "no-answer": true,
  busy: true,
  declined: true,
  unreachable: true,
  machine: true,
  error: true,
};

const ENDED_BY: Record<EndedBy, true> = {
  customer: true,
  agent: true,
  outside: true,
  operator: true,
  "no-agent": true,
  "time-limit": true,
  error: true,
};

type Variant<Union, By extends keyof Union, Value> = Extract<Union, Record<By, Value>>;
type Ended = NonNullable<Leg["end"]>;
const party = variantsOf("kind", {
  customer: objectOf<Variant<Party, "kind", "customer">>({ kind: isText, number: isText }),
  agent: objectOf<Variant<Party, "kind", "agent">>({ kind: isText, agent: isText }),
  outside: objectOf<Variant<Party, "kind", "outside">>({ kind: isText, address: isText }),
} satisfies Record<Party["kind"], Shape>);

const end = variantsOf("answered", {
  true: objectOf<Variant<Ended, "answered", true>>({ answered: isFlag }),
  false: objectOf<Variant<Ended, "answered", false>>({
    answered: isFlag,
    reason: oneOf<FailureReason | "cancelled">({ ...REASONS, cancelled: true }),
  }),
});

const outcome = variantsOf("kind", {
  completed: objectOf<Variant<Outcome, "kind", "completed">>({ kind: isText }),
  cancelled: objectOf<Variant<Outcome, "kind", "cancelled">>({ kind: isText }),
  abandoned: objectOf<Variant<Outcome, "kind", "abandoned">>({ kind: isText }),
  failed: objectOf<Variant<Outcome, "kind", "failed">>({
    kind: isText,
    reason: oneOf<TransferFailure>({ ...REASONS, "target-left": true }),
  }),
} satisfies Record<Outcome["kind"], Shape>);

const retry = objectOf<Retry>({ value: isFlag, attempts: isNumber, from: time });

const leg = objectOf<Leg>({
  label: isText,
  party,
  role: oneOf<Leg["role"]>({ customer: true, first: true, target: true }),
  callSid: text,
  state: oneOf<LegState>({ dialling: true, ringing: true, joined: true, left: true }),
  dialledAt: isTime,
  ringingAt: time,
  answeredAt: time,
  joinedAt: time,
  leftAt: time,
  refused: orMissing(oneOf<NonNullable<Leg["refused"]>>({ declined: true, machine: true })),
  leftBecause: orNull(oneOf<LeaveReason>({ "hung-up": true, removed: true, "conference-ended": true })),
  end: orNull(end),
  isLost: orMissing(isFlag),
  lostAt: orMissing(isTime),
  windowGoneAt: orMissing(isTime),
  windowBackAt: orMissing(isTime),
  leaveWasTold: orMissing(isFlag),
  endsConference: isFlag,
  onHold: isFlag,
  holdWanted: isFlag,
  muted: isFlag,
  mutedSelf: orMissing(isFlag),
  dismissedAt: orMissing(isTime),
  hangsUpItself: orMissing(isFlag),
  givenUpAt: orMissing(isTime),
  releasedAt: orMissing(isTime),
  unwanted: isFlag,
  told: objectOf<Told>({
    dialled: isFlag,
    onHold: orNull(isFlag),
    endsConference: orNull(isFlag),
    muted: orNull(isFlag),
    hungUp: oneOf<HungUp>({ no: true, unanswered: true, joined: true, insisted: true, gone: true }),
  }),
  retries: orMissing(
    objectOf<Required<Retries>>({
      onHold: orMissing(retry),
      endsConference: orMissing(retry),
      muted: orMissing(retry),
      hungUp: orMissing(retry),
    }),
  ),
});

const transfer = objectOf<Transfer>({
  id: isText,
  mode: oneOf<TransferMode>({ "three-way": true, consult: true, blind: true }),
  from: text,
  to: text,
  starter: text,
  target: isText,
  startedAt: isTime,
  cancelledAt: time,
  broughtTogetherAt: orMissing(isTime),
  swappedAt: orMissing(listOf(isTime)),
  note: orMissing(isText),
  phase: oneOf<Phase>({ ringing: true, briefing: true, consulting: true, together: true, ended: true }),
  outcome: orNull(outcome),
  endedAt: time,
});

const call = objectOf<CallRecord>({
  version: (value) => value === RECORD_VERSION,
  id: isText,
  conferenceSid: text,
  conferenceHasStarted: orMissing(isFlag),
  startedAt: isTime,
  timeLimit: orMissing(isNumber),
  legs: listOf(leg),
  transfers: listOf(transfer),
  passed: mapOf(isTime),
  returns: orMissing(
    listOf(objectOf<NonNullable<CallRecord["returns"]>[number]>({ at: isTime, from: text })),
  ),
  conferenceEnd: orNull(objectOf<NonNullable<CallRecord["conferenceEnd"]>>({ at: isTime, by: text })),
  endRequested: orNull(
    objectOf<NonNullable<CallRecord["endRequested"]>>({
      at: isTime,
      by: text,
      noAgent: orMissing(isFlag),
      takesMessage: orMissing(isFlag),
    }),
  ),
  message: orMissing(objectOf<Message>({ recording: isText, url: isText, seconds: isNumber, at: isTime })),
  endedAt: time,
  endedBy: orNull(oneOf<EndedBy>(ENDED_BY)),
  toldToEnd: isFlag,
  endRetry: orMissing(retry),
  toldOfDoubt: orMissing((value) => value === true),
  doubtRetry: orMissing(retry),
  deadline: time,
  revision: isNumber,
});

function upgraded(value: unknown): unknown {
  try {
    return upgradeRecord(value);
  } catch {
    return undefined;
  }
}

/** A stored value as a call record of this release; undefined for what is no call record under its own id. */
export function readCallRecord(value: unknown, key: string): CallRecord | undefined {
  const record = upgraded(value);
  return call(record) && (record as CallRecord).id === key ? (record as CallRecord) : undefined;
}
