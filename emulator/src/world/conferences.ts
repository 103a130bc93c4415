import type { ConferenceState, ParticipantState, World } from "../types.ts";
import { newSid } from "./sids.ts";

export interface NewConference {
  friendlyName: string;
  maxParticipants: number;
  region: string | null;
  statusCallback: ConferenceState["statusCallback"];
}

/** The first participant's settings are the conference's; later ones do not change them. */
export function openConference(
  world: World,
  given: NewConference,
  firstSequence: number,
  now: number,
): ConferenceState {
  const conference: ConferenceState = {
    ...given,
    region: given.region ?? "us1",
    sid: newSid("CF"),
    status: "init",
    dateCreated: now,
    dateUpdated: now,
    reasonConferenceEnded: null,
    callSidEndingConference: null,
    sequence: firstSequence,
    record: null,
    participants: new Map(),
  };
  world.conferences.set(conference.sid, conference);
  world.liveConferences.set(conference.friendlyName, conference);
  return conference;
}

/** The settings with which a participant enters; the rest has defaults. */
export type NewParticipant = Pick<ParticipantState, "callSid" | "viaApi"> & Partial<ParticipantState>;

export function newParticipant(given: NewParticipant, now: number): ParticipantState {
  return {
    label: null,
    status: "queued",
    muted: false,
    hold: false,
    holdHook: null,
    coaching: false,
    callSidToCoach: null,
    startConferenceOnEnter: true,
    endConferenceOnExit: false,
    waitHook: null,
    beep: "true",
    queueTime: 0,
    dateCreated: now,
    dateUpdated: now,
    ...given,
  };
}

/**
 * The connecting and connected participants; none once the conference has ended
 * (www.twilio.com/docs/voice/api/conference-participant-resource).
 */
export function isPresent(conference: ConferenceState, { status }: ParticipantState): boolean {
  return conference.status !== "completed" && status !== "complete" && status !== "failed";
}
