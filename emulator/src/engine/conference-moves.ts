import type { ConferenceState, ParticipantState } from "../types.ts";
import { type Leaving, endByApi, join, leave } from "../world/conference-life.ts";
import type { Effect } from "../world/effects.ts";
import { listens, speaks } from "../world/hearing.ts";
import { refreshAmbient } from "./ambient.ts";
import { beepIn } from "./beep.ts";
import { refreshCoaches, stopCoaching } from "./coaching.ts";
import { recordConference } from "./conference-recording.ts";
import type { Core } from "./core.ts";
import { type Leg, type Stay, newStay } from "./leg.ts";
import { reportConference } from "./report-conference.ts";

/** Removes a leg's seat from the conference's room; its program or its end follows. */
function takeOut(leg: Leg): Stay | null {
  const { stay } = leg;
  if (!stay) return null;
  stay.ambient?.stop();
  for (const stop of stay.whenOut) stop();
  leg.stay = null;
  stopCoaching(leg);
  if (leg.seat) Object.assign(leg.seat, { room: null, muted: false, deaf: false });
  return stay;
}

function seatParticipant(core: Core, conference: ConferenceState, p: ParticipantState): void {
  const leg = core.legs.get(p.callSid);
  if (!leg || leg.stay?.conference !== conference) return;
  if (leg.seat) {
    leg.seat.room = conference.status === "in-progress" ? conference.sid : null;
    leg.seat.deaf = !listens(conference, p);
    leg.seat.muted = !speaks(conference, p) || p.coaching;
  }
  refreshAmbient(core, leg, p, () => {
    if (leg.stay?.conference !== conference) return;
    const { status: callStatus } = leg.call;
    leaveConference(core, leg, { reason: "participant_add_failed", callStatus })?.release();
  });
}

/** Carries out what a transition asked for, then brings every seat and its music into line. */
export function applyEffects(core: Core, conference: ConferenceState, effects: readonly Effect[]): void {
  // From its end on, another conference may have the name.
  if (conference.status === "completed") core.world.liveConferences.delete(conference.friendlyName);
  for (const effect of effects) if (effect.kind === "report") reportConference(core, conference, effect);
  for (const p of conference.participants.values()) seatParticipant(core, conference, p);
  refreshCoaches(core, conference);
  recordConference(core, conference);
  if (effects.some(({ kind }) => kind === "beep")) beepIn(core, conference);
  for (const effect of effects) {
    const leg = effect.kind === "released" ? core.legs.get(effect.callSid) : undefined;
    if (leg) takeOut(leg)?.release();
  }
}

/** Lets a connected leg enter; the conference calls `release` once, when the leg is out. */
export function enterConference(
  core: Core,
  leg: Leg,
  participant: ParticipantState,
  stay: Pick<Stay, "conference" | "release">,
): void {
  leg.stay ??= newStay(stay);
  applyEffects(core, stay.conference, join(stay.conference, participant, core.clock.now()));
}

/** Takes a leg out of its conference. The caller decides what the leg does then (`release` or another program). */
export function leaveConference(core: Core, leg: Leg, leaving: Leaving): Stay | null {
  const stay = takeOut(leg);
  const participant = stay?.conference.participants.get(leg.call.sid);
  if (!stay || !participant) return stay;
  const effects = leave(stay.conference, participant, leaving, core.quirks, core.clock.now());
  applyEffects(core, stay.conference, effects);
  return stay;
}

export function endConference(core: Core, conference: ConferenceState): void {
  applyEffects(core, conference, endByApi(conference, core.quirks, core.clock.now()));
}
