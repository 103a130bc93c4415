import { dialledLegs, isPresent, legOf } from "../legs.ts";
import type { Input } from "../inputs.ts";
import type { Action, CallRecord, CallSid, FailedAction, Label, Leg, Time } from "../types.ts";
import type { Policy } from "../decision.ts";

function dials(before: CallRecord | undefined, after: CallRecord, policy: Policy): Action[] {
  const { ringSeconds } = policy;
  return dialledLegs(after)
    .filter((leg) => before === undefined || !legOf(before, leg.label))
    .flatMap(({ label, party }) =>
      party.kind === "customer" ? [] : [{ kind: "dial", label, party, ringSeconds } as const],
    );
}

/** A participant's settings at Twilio, with the action that changes each. */
const SETTINGS = [
  ["onHold", "set-hold"],
  ["endsConference", "set-ends-conference"],
  ["muted", "set-muted"],
] as const;

/** As Twilio shows a leg in a survey: what was decided and never done is then found missing, and done. */
function shownByTwilio(label: Label, input: Input) {
  if (input.kind !== "twilio-surveyed") return undefined;
  return input.found.participants.find((participant) => participant.label === label);
}

/** Also a customer of whose joining nobody told us: changing somebody who has left harms nobody. */
const mayBeInConference = (leg: Leg): boolean =>
  isPresent(leg) || (leg.role === "customer" && leg.state !== "left");

/** Holding and muting end with the call; a leg that takes no others along when it leaves matters until it has gone. */
function changes(before: CallRecord, after: CallRecord, input: Input): Action[] {
  const matter =
    after.endedAt === null ? SETTINGS : SETTINGS.filter(([property]) => property === "endsConference");
  return matter.flatMap(([property, kind]) =>
    after.legs.flatMap((leg): Action[] => {
      const { label, callSid, [property]: value } = leg;
      if (callSid === null || !mayBeInConference(leg)) return [];
      const told = (shownByTwilio(label, input) ?? legOf(before, label))?.[property] ?? value;
      return told === value ? [] : [{ kind, label, callSid, value }];
    }),
  );
}

function isEndOf({ label }: Leg, input: Input): boolean {
  const told: readonly Input[] = input.kind === "twilio-surveyed" ? input.found.facts : [input];
  return told.some(
    (fact) => (fact.kind === "leg-ended" || fact.kind === "participant-left") && fact.label === label,
  );
}

/** Is now the moment to hang this leg up? Once: when it becomes unwanted, or is an unwanted one whose Call SID we learn. */
function mustBeHungUp(was: Leg, leg: Leg, after: CallRecord, input: Input): boolean {
  if (leg.callSid === null || !leg.unwanted || isEndOf(leg, input)) return false;
  if (was.callSid === null) return true;
  // Insisted on, or given up, just now: nobody told us that it is gone.
  if (input.kind === "deadline-passed")
    return was.insistedAt !== leg.insistedAt || (was.end === null && leg.end !== null);
  if (leg.hangsUpItself === true && leg.insistedAt === undefined) return false;
  // It was answered while we hung it up.
  if (was.unwanted && !isPresent(was) && isPresent(leg)) return true;
  // Those in the conference leave with it.
  const leavesWithConference = after.endedAt !== null && isPresent(leg);
  if (input.kind === "twilio-surveyed" && input.found.alive.includes(leg.label)) return !leavesWithConference;
  return !was.unwanted && was.state !== "left" && !leavesWithConference;
}

/**
 * A target ends the conference by leaving, and the others must not leave with it while the call goes on. One who is, or by
 * now may be, in it loses that flag first. One who has not joined as far as we know, but may be joining at this moment, is
 * hung up only if still unanswered: if it joins all the same, we hear of that, and hang it up then.
 */
function hangUp(was: Leg, leg: Leg, callSid: CallSid, after: CallRecord, input: Input): Action[] {
  const { label } = leg;
  const takesOthersAlong = leg.role === "target" && after.endedAt === null;
  const mayHaveJoined = isPresent(leg) || input.kind === "deadline-passed";
  const hadFlag = shownByTwilio(label, input)?.endsConference ?? was.endsConference;
  const isTakenOff = hadFlag && !leg.endsConference && isPresent(leg);
  const flagOff = { kind: "set-ends-conference", label, callSid, value: false } as const;
  const onlyIfUnanswered = takesOthersAlong && !mayHaveJoined;
  return [
    ...(takesOthersAlong && mayHaveJoined && !isTakenOff ? [flagOff] : []),
    { kind: "hang-up", label, callSid, onlyIfUnanswered },
  ];
}

function hangUps(before: CallRecord, after: CallRecord, input: Input): Action[] {
  return dialledLegs(after).flatMap((leg): Action[] => {
    const was = legOf(before, leg.label);
    if (!was || leg.callSid === null || !mustBeHungUp(was, leg, after, input)) return [];
    return hangUp(was, leg, leg.callSid, after, input);
  });
}

/** What is to be done at Twilio to get from what was wanted before an input to what is wanted after it. */
export function actionsBetween(
  before: CallRecord | undefined,
  after: CallRecord,
  input: Input,
  policy: Policy,
): Action[] {
  if (!before) return dials(before, after, policy);
  const hasJustEnded = before.endedAt === null && after.endedAt !== null && after.conferenceEnd === null;
  const goesOn = after.endedAt !== null && input.kind === "twilio-surveyed" && input.found.conferenceIsLive;
  return [
    ...changes(before, after, input),
    ...hangUps(before, after, input),
    ...dials(before, after, policy),
    ...(hasJustEnded || goesOn ? [{ kind: "end-conference" } as const] : []),
  ];
}

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
  // Also one that counts as gone because its dial failed: the dial may have succeeded, with its answer lost.
  if (action.kind === "hang-up") return leg?.unwanted === true && leg.leaveWasTold !== true;
  if (!leg || leg.state === "left") return false;
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
