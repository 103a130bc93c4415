import type { AudioPort } from "../media/port.ts";
import type { ConferenceState } from "../types.ts";
import { hearingIn } from "../world/hearing.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";
import { type Tap, createTap } from "./tap.ts";

/** A leg's sound as the mixer gets it. */
export function tapOf(leg: Leg, port: AudioPort): Tap {
  const coaches = (): Tap[] => [...leg.coaches].flatMap((coach) => coach.tap ?? []);
  leg.tap = createTap(port, () => leg.isCoach, coaches);
  return leg.tap;
}

/** Lets each coach of a conference be heard by the coached alone. */
export function refreshCoaches(core: Core, conference: ConferenceState): void {
  const hearing = hearingIn(conference);
  const coaches = [...conference.participants.values()].filter((p) => p.coaching);
  for (const p of conference.participants.values()) {
    const leg = core.legs.get(p.callSid);
    if (!leg) continue;
    const heard = coaches.filter((coach) => hearing.get(p.callSid)?.has(coach.callSid));
    leg.coaches = new Set(heard.flatMap((coach) => core.legs.get(coach.callSid) ?? []));
    leg.isCoach = p.coaching;
  }
}

/** A leg that has left its conference coaches no one and has no coach. */
export function stopCoaching(leg: Leg): void {
  leg.coaches = new Set();
  leg.isCoach = false;
}
