import { clipOf } from "../media/clip.ts";
import type { Clip } from "../media/sounds.ts";
import { steadyTones } from "../media/synth.ts";
import type { ConferenceState } from "../types.ts";
import type { Core } from "./core.ts";
import { playInto } from "./play-into.ts";

export const BEEP_HZ = 1_250;
const BEEP_MS = 300;
const LEVEL = 0.15;
/** The last frames are still in the mixer's queue when the clip has been said. */
const MARGIN_MS = 200;

let clip: Clip | undefined;

export function beepClip(): Clip {
  return (clip ??= clipOf(steadyTones([BEEP_HZ], BEEP_MS, LEVEL)));
}

/** Beeps in a started conference when a participant joins or leaves (www.twilio.com/docs/voice/twiml/conference, "beep"). */
export function beepIn(core: Core, conference: ConferenceState): void {
  const stop = playInto(core, conference, beepClip());
  core.clock.after(BEEP_MS + MARGIN_MS, stop);
}
