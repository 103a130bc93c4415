import type { Core } from "./core.ts";
import { hearsRinging } from "./early-media.ts";
import type { Leg, Playing } from "./leg.ts";

const current = (leg: Leg): Playing | null => leg.over ?? leg.base;

function apply(leg: Leg): void {
  leg.seat?.play(current(leg)?.clip.start());
}

/**
 * Plays at one leg until stopped; the caller keeps the time. `over` lies over `base`, which starts again afterwards.
 * @returns stops this sound, if nothing took its place meanwhile
 */
export function startSound(leg: Leg, layer: "base" | "over", sound: Playing): () => void {
  leg[layer] = sound;
  if (current(leg) === sound) apply(leg);
  return () => {
    if (leg[layer] !== sound) return;
    const wasHeard = current(leg) === sound;
    leg[layer] = null;
    if (wasHeard) apply(leg);
  };
}

/** The sound of a leg that hears no person; `recording`: silence, because `<Record>` listens to it. */
export function soundAt(core: Core, leg: Leg): Playing["kind"] | "silence" | "recording" {
  if (leg.call.status !== "in-progress") return "ringing";
  if (leg.isRecorded) return "recording";
  const own = current(leg)?.kind;
  if (own) return own;
  const conference = leg.stay?.conference;
  const isHeld = conference?.participants.get(leg.call.sid)?.hold ?? false;
  return conference && !isHeld && hearsRinging(core, conference) ? "ringing" : "silence";
}
