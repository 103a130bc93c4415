import type { ConferenceState, ParticipantState } from "../types.ts";

const isHere = (p: ParticipantState): boolean => p.status === "connected";

/** Whether a participant hears the others: in a conference that runs, not on hold. */
export function listens(conference: ConferenceState, p: ParticipantState): boolean {
  return conference.status === "in-progress" && isHere(p) && !p.hold;
}

/** Whether a participant's voice reaches the room. Only the coached participant hears a coach. */
export function speaks(conference: ConferenceState, p: ParticipantState): boolean {
  return listens(conference, p) && !p.muted;
}

function hears(conference: ConferenceState, listener: ParticipantState, speaker: ParticipantState): boolean {
  if (listener === speaker || !listens(conference, listener) || !speaks(conference, speaker)) return false;
  return !speaker.coaching || speaker.callSidToCoach === listener.callSid;
}

/** For each connected participant's Call SID, the Call SIDs that it hears. */
export function hearingIn(conference: ConferenceState): Map<string, Set<string>> {
  const here = [...conference.participants.values()].filter(isHere);
  return new Map(
    here.map((listener) => [
      listener.callSid,
      new Set(here.filter((speaker) => hears(conference, listener, speaker)).map((p) => p.callSid)),
    ]),
  );
}

/** The music of a participant who hears no person: on hold, or before the conference has started; never later. */
export function ambientOf(conference: ConferenceState, p: ParticipantState): "hold" | "wait" | null {
  if (!isHere(p)) return null;
  if (p.hold) return "hold";
  return conference.status === "init" ? "wait" : null;
}
