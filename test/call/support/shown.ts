import type { Survey } from "../../../src/call/inputs.ts";
import type { Label, LegEnd } from "../../../src/call/types.ts";
import { CONFERENCE, type Scene, sidOf } from "./scene.ts";

const ANSWERED: LegEnd = { answered: true };
export const label = (name: string): Label => name as Label;

/** Twilio shows a leg in the conference; as it was told to be, unless said otherwise. */
export function inConference(
  s: Scene,
  name: string,
  how: Partial<Survey["participants"][number]> = {},
): Partial<Survey> {
  const about = { label: label(name), callSid: sidOf(name) };
  const ends = { onHold: false, muted: false, endsConference: s.leg(name).endsConference };
  return {
    facts: [{ kind: "participant-joined", at: s.now, ...about, conference: CONFERENCE }],
    participants: [{ label: label(name), ...ends, ...how }],
    alive: [label(name)],
    conferenceIsLive: true,
  };
}

export const ended = (name: string, at: number, end: LegEnd = ANSWERED): Partial<Survey> => ({
  facts: [{ kind: "leg-ended", at, label: label(name), callSid: sidOf(name), end }],
});
export const rings = (name: string, at: number): Partial<Survey> => ({
  facts: [{ kind: "leg-ringing", at, label: label(name), callSid: sidOf(name) }],
  alive: [label(name)],
});
export const conferenceEnded = (at: number, by: string | null): Partial<Survey> => ({
  facts: [{ kind: "conference-ended", at, conference: CONFERENCE, endedBy: by as Label | null }],
});
