import type { ConferenceState, Hook, ParticipantState } from "../types.ts";
import { changeParticipant } from "../world/participant-changes.ts";
import { announceTo } from "./announce.ts";
import { applyEffects, endConference, leaveConference } from "./conference-moves.ts";
import type { Core } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { type ParticipantChange, TwilioError } from "./engine.ts";

function mustBeIn(conference: ConferenceState, participant: ParticipantState): void {
  if (conference.participants.get(participant.callSid) !== participant)
    throw new TwilioError(20404, `${participant.callSid} is not in the conference`, 404);
}

function refuseBadCoach(conference: ConferenceState, change: ParticipantChange): void {
  if (change.callSidToCoach === undefined || change.coaching === false) return;
  const coached = conference.participants.get(change.callSidToCoach);
  if (!coached) throw new TwilioError(16028, `${change.callSidToCoach} is not in the conference`);
  if (coached.hold) throw new TwilioError(16027, `${change.callSidToCoach} is on hold`);
}

/** UpdateParticipant. @throws TwilioError */
export function updateParticipant(
  core: Core,
  conference: ConferenceState,
  participant: ParticipantState,
  change: ParticipantChange,
): void {
  mustBeIn(conference, participant);
  refuseBadCoach(conference, change);
  applyEffects(core, conference, changeParticipant(participant, change, core.clock.now()));
  if (change.announce) announceTo(core, conference, [participant], change.announce);
}

/** DELETE of a participant. One that came by REST has no TwiML to go on with: its call ends. */
export function removeParticipant(
  core: Core,
  conference: ConferenceState,
  participant: ParticipantState,
): void {
  mustBeIn(conference, participant);
  const leg = core.legs.get(participant.callSid);
  if (!leg) return;
  const callStatus = leg.call.status === "in-progress" ? "in-progress" : "canceled";
  const leaving = { reason: "participant_updated_via_api", callStatus, kicked: true } as const;
  const stay = leaveConference(core, leg, leaving);
  const goesOn = participant.viaApi || core.quirks.removedParticipant === "continues";
  if (goesOn) stay?.release();
  else endLeg(core, leg, { status: "completed" });
}

/** UpdateConference: an announcement to everyone, or the end. */
export function updateConference(
  core: Core,
  conference: ConferenceState,
  change: { end?: boolean; announce?: Hook },
): void {
  if (conference.status === "completed")
    throw new TwilioError(20404, `The conference ${conference.sid} is over`, 404);
  if (change.announce) announceTo(core, conference, [...conference.participants.values()], change.announce);
  if (change.end) endConference(core, conference);
}
