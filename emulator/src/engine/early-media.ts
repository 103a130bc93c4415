import type { ConferenceState } from "../types.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";
import { playInto } from "./play-into.ts";
import { ringback } from "./ringback.ts";

/**
 * Plays ringing to a conference while a participant's phone rings (`EarlyMedia`, on by default:
 * www.twilio.com/docs/voice/api/conference-participant-resource). @returns stops it
 */
export function ringInto(core: Core, leg: Leg, conference: ConferenceState): () => void {
  const stopTone = playInto(core, conference, ringback());
  leg.ringsInto = conference;
  const stop = (): void => {
    if (leg.ringsInto === null) return;
    leg.ringsInto = null;
    stopTone();
  };
  leg.onEnd.add(stop);
  return stop;
}

/** Whether a started conference hears ringing now. */
export function hearsRinging(core: Core, conference: ConferenceState): boolean {
  if (conference.status !== "in-progress") return false;
  return [...core.legs.values()].some((leg) => leg.ringsInto === conference);
}
