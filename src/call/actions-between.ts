import { agentOf, dialledLegs, isPresent, legOf } from "./leg.ts";
import type { Action, CallRecord, CallSid, Input, Label, Leg, Policy } from "./types.ts";

function dials(before: CallRecord | undefined, after: CallRecord, policy: Policy): Action[] {
  const { ringSeconds } = policy;
  return dialledLegs(after)
    .filter((leg) => before === undefined || !legOf(before, leg.label))
    .flatMap((leg) => {
      const agent = agentOf(leg);
      return agent === null ? [] : [{ kind: "dial", label: leg.label, agent, ringSeconds } as const];
    });
}

/** What a leg in the conference is told when it changes, with the action that tells it. */
const TELLING = [
  ["endsConference", "set-ends-conference"],
  ["onHold", "set-hold"],
  ["muted", "set-muted"],
] as const;

/** As Twilio shows a leg, where it does: what was decided and never done is then found missing, and done. */
function shown(label: Label, input: Input) {
  if (input.kind !== "twilio-surveyed") return undefined;
  return input.found.participants.find((participant) => participant.label === label);
}

/** A customer whose joining nobody told us is in all the same: somebody who has left is no trouble to Twilio. */
const mayBeIn = (leg: Leg): boolean => isPresent(leg) || (leg.role === "customer" && leg.state !== "left");

/** Holding and muting end with the call; a leg that takes no others along when it leaves matters until it has gone. */
function changes(before: CallRecord, after: CallRecord, input: Input): Action[] {
  const matter = after.endedAt === null ? TELLING : TELLING.slice(0, 1);
  return matter.flatMap(([property, kind]) =>
    after.legs.flatMap((leg): Action[] => {
      const { label, callSid, [property]: value } = leg;
      if (callSid === null || !mayBeIn(leg)) return [];
      const told = (shown(label, input) ?? legOf(before, label))?.[property] ?? value;
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
  const hadFlag = shown(label, input)?.endsConference ?? was.endsConference;
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
