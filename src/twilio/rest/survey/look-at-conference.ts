import type Twilio from "twilio/lib/rest/Twilio.js";
import type { ConferenceRef } from "../../../call/ports.ts";
import { hungUpBeforeJoining } from "../../../call/legs.ts";
import type { Survey } from "../../../call/inputs.ts";
import {
  type CallId,
  type CallSid,
  type ConferenceSid,
  CUSTOMER,
  type Label,
  type Leg,
} from "../../../call/types.ts";
import { ifThere } from "../errors.ts";
import { type Asked, timeOf } from "./times.ts";

type Conference = Awaited<ReturnType<ReturnType<Twilio["conferences"]>["fetch"]>>;
type Participant = Awaited<
  ReturnType<ReturnType<ReturnType<Twilio["conferences"]>["participants"]>["fetch"]>
>;

/** Only conferences of one call share a name, so the newest few suffice. */
const NEWEST = 5;

/**
 * Finds a call's conference: the live one, else the newest. Searches without a status filter, because a conference that waits
 * for its first agent is `init` (www.twilio.com/docs/voice/api/conference-resource).
 */
export async function findConference(client: Twilio, name: CallId): Promise<Conference | undefined> {
  const found = await client.conferences.list({ friendlyName: name, limit: NEWEST });
  return found.find((conference) => conference.status !== "completed") ?? found[0];
}

const labelOf = (legs: readonly Leg[], callSid: string | null): Label | null =>
  legs.find((leg) => leg.callSid === callSid)?.label ?? null;

function end(conference: Conference, legs: readonly Leg[], asked: Asked): Partial<Survey> {
  const sid = conference.sid as ConferenceSid;
  const endedBy = labelOf(legs, conference.callSidEndingConference);
  const fact = {
    kind: "conference-ended",
    at: timeOf(conference.dateUpdated, asked),
    conference: sid,
    endedBy,
  } as const;
  return { facts: [fact] };
}

/** The leg of a participant; undefined for a stranger. */
function legOf(legs: readonly Leg[], { callSid, label }: Participant): Leg | undefined {
  return legs.find((leg) => leg.callSid === callSid || (leg.callSid === null && leg.label === label));
}

function presence(
  sid: ConferenceSid,
  people: Participant[],
  legs: readonly Leg[],
  asked: Asked,
): Partial<Survey> {
  const here = people.flatMap((person) => {
    const leg = person.status === "connected" ? legOf(legs, person) : undefined;
    return leg ? [{ person, label: leg.label }] : [];
  });
  return {
    facts: here.map(({ person, label }) => ({
      kind: "participant-joined",
      at: timeOf(person.dateCreated, asked),
      label,
      callSid: person.callSid as CallSid,
      conference: sid,
    })),
    participants: here.map(({ person, label }) => ({
      label,
      onHold: person.hold,
      muted: person.muted,
      endsConference: person.endConferenceOnExit,
    })),
    alive: here.map(({ label }) => label),
  };
}

/** The customer is alone and not on hold: that is music in a conference that has not started, and silence in one that has. */
function mayBeInSilence({ participants = [] }: Partial<Survey>, legs: readonly Leg[]): boolean {
  return participants.length === 1 && participants[0]?.onHold === false && legs.some(hungUpBeforeJoining);
}

/** Surveys a call's conference, with one request while the customer is in it. */
export function createLookAtConference(client: Twilio) {
  return async (
    { name, sid: known }: ConferenceRef,
    legs: readonly Leg[],
    asked: Asked,
  ): Promise<Partial<Survey>> => {
    const found = known === null ? await findConference(client, name) : undefined;
    const sid = known ?? (found?.sid as ConferenceSid | undefined);
    if (sid === undefined) return {};
    if (found?.status === "completed") return end(found, legs, asked);
    const people = (await ifThere(client.conferences(sid).participants.list())) ?? [];
    const seen = presence(sid, people, legs, asked);
    const hasCustomer = seen.alive?.includes(CUSTOMER) ?? false;
    const isClear = hasCustomer && !mayBeInSilence(seen, legs);
    const conference = isClear ? found : await ifThere(client.conferences(sid).fetch());
    if (!hasCustomer && conference?.status === "completed") return end(conference, legs, asked);
    return {
      ...seen,
      conferenceIsLive: hasCustomer || conference !== undefined,
      conferenceHasStarted: conference?.status === "in-progress",
    };
  };
}
