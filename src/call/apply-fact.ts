import { insistDeadline, legDeadline } from "./deadlines.ts";
import { noteFailure } from "./failed-actions.ts";
import { dialledLegs, legOf, replaceLeg } from "./leg.ts";
import { giveUpLeg, isForeign, mergeLeg } from "./merge-leg.ts";
import { factsOf } from "./survey.ts";
import type { CallRecord, Fact, Policy, Time } from "./types.ts";
import { CUSTOMER } from "./types.ts";

type Of<Kind extends Fact["kind"]> = Extract<Fact, { kind: Kind }>;

const isDue = (deadline: Time | null, now: Time): boolean => deadline !== null && deadline <= now;

/** Legs that nobody has told about for too long are given up; those that we let go of and that are still there, insisted on. */
function wakeLegs(record: CallRecord, policy: Policy, now: Time): CallRecord {
  const legs = dialledLegs(record);
  const silent = legs.filter((leg) => isDue(legDeadline(record, leg, policy), now));
  const stubborn = legs.filter((leg) => isDue(insistDeadline(record, leg), now));
  const insisted = stubborn.reduce(
    (sofar, { label }) => replaceLeg(sofar, label, (leg) => ({ ...leg, insistedAt: now })),
    record,
  );
  return silent.reduce(
    (sofar, { label }) => replaceLeg(sofar, label, (leg) => giveUpLeg(leg, now)),
    insisted,
  );
}

/** The conference that the customer is in is the call's; any other can only be a stray one under the same name. */
function learnConference(record: CallRecord, fact: Fact): CallRecord {
  if (fact.kind !== "participant-joined" && fact.kind !== "participant-left") return record;
  const conferenceSid = fact.label === CUSTOMER ? fact.conference : (record.conferenceSid ?? fact.conference);
  return { ...record, conferenceSid };
}

function conferenceEnded(record: CallRecord, fact: Of<"conference-ended">): CallRecord {
  if (record.conferenceSid !== null && record.conferenceSid !== fact.conference) return record;
  const known = record.conferenceEnd;
  const conferenceEnd = { at: Math.min(known?.at ?? fact.at, fact.at), by: known?.by ?? fact.endedBy };
  return { ...record, conferenceSid: fact.conference, conferenceEnd };
}

/** Adds what a fact says to the record, and concludes nothing from it. */
export function applyFact(record: CallRecord, fact: Fact, policy: Policy, now: Time): CallRecord {
  switch (fact.kind) {
    case "customer-called":
    case "agents-changed":
      return record;
    case "customer-released":
      return replaceLeg(record, CUSTOMER, (leg) => ({
        ...leg,
        releasedAt: Math.min(leg.releasedAt ?? fact.at, fact.at),
      }));
    case "conference-ended":
      return conferenceEnded(record, fact);
    case "action-failed":
      return noteFailure(record, fact.action, now);
    case "deadline-passed":
      return wakeLegs(record, policy, now);
    case "twilio-surveyed":
      return factsOf(record, fact).reduce((sofar, one) => applyFact(sofar, one, policy, now), record);
    default: {
      const leg = legOf(record, fact.label);
      if (!leg) return record;
      // Its answer was lost, but callbacks have told that Twilio took the dial: somebody may be talking there by now.
      if (fact.kind === "dial-failed" && leg.callSid !== null) return record;
      if (isForeign(leg, fact)) return record;
      const merged = replaceLeg(record, fact.label, (leg) => mergeLeg(leg, fact));
      return learnConference(merged, fact);
    }
  }
}
