import type { ConferenceState, ParticipantState } from "../types.ts";

/** The events in a conference's `statusCallbackEvent` (www.twilio.com/docs/voice/twiml/conference). */
export const SUBSCRIPTIONS = [
  "start",
  "end",
  "join",
  "leave",
  "mute",
  "hold",
  "modify",
  "speaker",
  "announcement",
] as const;

/** Names of www.twilio.com/docs/voice/twiml/conference, StatusCallbackEvent. */
export type ConferenceEvent =
  | "conference-start"
  | "conference-end"
  | "participant-join"
  | "participant-leave"
  | "participant-mute"
  | "participant-unmute"
  | "participant-hold"
  | "participant-unhold"
  | "participant-modify"
  | "announcement-end"
  | "announcement-fail";

/** The engine's tasks after a transition, in this order. */
export type Effect =
  | {
      kind: "report";
      event: ConferenceEvent;
      /** As it was at that moment. */
      participant: ParticipantState | null;
      extra: Record<string, string>;
    }
  /** Everyone in the conference hears that a participant joined or left. */
  | { kind: "beep" }
  /** The conference let go of this call: its TwiML goes on, or it ends. */
  | { kind: "released"; callSid: string };

export function report(
  event: ConferenceEvent,
  participant: ParticipantState | null = null,
  extra: Record<string, string> = {},
): Effect {
  return { kind: "report", event, participant: participant && { ...participant }, extra };
}

export function touch(state: ConferenceState | ParticipantState, now: number): void {
  state.dateUpdated = now;
}
