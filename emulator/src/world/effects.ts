import type { ConferenceState, ParticipantState } from "../types.ts";

/** What `statusCallbackEvent` of a conference may name (www.twilio.com/docs/voice/twiml/conference). */
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

/** What a transition asks the engine to do, in this order. */
export type Effect =
  | {
      kind: "report";
      event: ConferenceEvent;
      /** As it was at that moment. */
      participant: ParticipantState | null;
      extra: Record<string, string>;
    }
  /** Everybody in the conference hears that somebody came or went. */
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
