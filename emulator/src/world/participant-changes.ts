import type { Hook, ParticipantState } from "../types.ts";
import { type Effect, report, touch } from "./effects.ts";

/** UpdateParticipant without its announcement. */
export interface ParticipantSettings {
  muted?: boolean;
  hold?: boolean;
  holdHook?: Hook | null;
  waitHook?: Hook;
  beepOnExit?: boolean;
  endConferenceOnExit?: boolean;
  coaching?: boolean;
  callSidToCoach?: string;
}

/** Whether it beeps on entering stays as it was: whom REST dials may still have that before it. */
function withBeepOnExit({ beep }: ParticipantState, onExit: boolean): ParticipantState["beep"] {
  const onEnter = beep === "true" || beep === "onEnter";
  if (onExit) return onEnter ? "true" : "onExit";
  return onEnter ? "onEnter" : "false";
}

function modify(participant: ParticipantState, change: ParticipantSettings): boolean {
  const { waitHook, beepOnExit, endConferenceOnExit, coaching, callSidToCoach } = change;
  if (waitHook) participant.waitHook = waitHook;
  if (endConferenceOnExit !== undefined) participant.endConferenceOnExit = endConferenceOnExit;
  if (coaching !== undefined) participant.coaching = coaching;
  if (callSidToCoach !== undefined) participant.callSidToCoach = callSidToCoach;
  if (beepOnExit !== undefined) participant.beep = withBeepOnExit(participant, beepOnExit);
  return [waitHook, beepOnExit, endConferenceOnExit, coaching, callSidToCoach].some((v) => v !== undefined);
}

/** Hold and mute are independent; each is reported when it really changes. */
export function changeParticipant(
  participant: ParticipantState,
  change: ParticipantSettings,
  now: number,
): Effect[] {
  const effects: Effect[] = [];
  touch(participant, now);
  if (change.holdHook !== undefined) participant.holdHook = change.holdHook;
  if (change.hold !== undefined && change.hold !== participant.hold) {
    participant.hold = change.hold;
    effects.push(report(change.hold ? "participant-hold" : "participant-unhold", participant));
  }
  if (change.muted !== undefined && change.muted !== participant.muted) {
    participant.muted = change.muted;
    effects.push(report(change.muted ? "participant-mute" : "participant-unmute", participant));
  }
  if (modify(participant, change)) effects.push(report("participant-modify", participant));
  return effects;
}
