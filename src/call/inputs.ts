import type {
  Action,
  AgentId,
  CallId,
  CallSid,
  ConferenceSid,
  FailureReason,
  Label,
  LeaveReason,
  Leg,
  LegEnd,
  Message,
  Outside,
  Time,
  TransferMode,
} from "./types.ts";

/** Something that Twilio or the clock reports. It has happened, so `decide` cannot refuse it. */
export type Fact = {
  /** When it happened, by our clock; while `stamp` is set, when we heard of it. */
  readonly at: Time;
  /** When it happened by Twilio's clock; `dateInput` turns it into our time. */
  readonly stamp?: Time;
} & (
  | { kind: "customer-called"; call: CallId; number: string }
  | { kind: "leg-dialled"; label: Label; callSid: CallSid }
  | { kind: "leg-ringing"; label: Label; callSid: CallSid }
  | { kind: "leg-answered"; label: Label; callSid: CallSid }
  | {
      kind: "leg-ended";
      label: Label;
      callSid: CallSid;
      end: LegEnd;
      /** We learned of it so late that it must not count as the last agent's goodbye. */
      isOldNews?: boolean;
    }
  | { kind: "participant-joined"; label: Label; callSid: CallSid; conference: ConferenceSid }
  | {
      kind: "participant-left";
      label: Label;
      callSid: CallSid;
      conference: ConferenceSid;
      /** Twilio's ReasonParticipantLeft: the only sign of who hung up when all legs leave in the same second. */
      because?: LeaveReason;
    }
  | { kind: "conference-ended"; conference: ConferenceSid; endedBy: Label | null }
  /** The customer's `<Dial>` ended, and the customer has not hung up. `stay`: how often the customer had come back before. */
  | { kind: "customer-released"; stay: number }
  /** Twilio has stored the customer's message. */
  | ({ kind: "message-left" } & Omit<Message, "at">)
  | { kind: "line-lost"; label: Label }
  /** The agent's page is gone while other pages answer; or it is back. */
  | { kind: "window-gone" | "window-back"; label: Label }
  | { kind: "leg-refused"; label: Label; callSid: CallSid; reason: NonNullable<Leg["refused"]> }
  | { kind: "dial-failed"; label: Label; reason: FailureReason }
  | { kind: "action-failed"; action: Action; message: string }
  /** What Twilio's lists showed. `at`: when the server requested them. */
  | { kind: "twilio-surveyed"; found: Survey }
  | { kind: "agents-changed" }
  | { kind: "deadline-passed" }
);

export type SurveyedFact = Extract<
  Fact,
  { kind: "leg-dialled" | "leg-ringing" | "leg-ended" | "participant-joined" | "conference-ended" }
>;

/** What Twilio's lists show of a call. Absence from a list proves nothing, because the lists lag. */
export interface Survey {
  /** Past events, as facts of the other kinds. */
  readonly facts: readonly SurveyedFact[];
  /** The legs in the conference now, with their settings. */
  readonly participants: readonly Pick<Leg, "label" | "onHold" | "muted" | "endsConference">[];
  /** Legs whose calls are queued, ringing or in progress, including those of the participants. */
  readonly alive: readonly Label[];
  /** Legs for which Twilio knows no call. */
  readonly unknown: readonly Label[];
  /** Twilio lists a conference that has not ended. */
  readonly conferenceIsLive: boolean;
  /** Twilio lists the conference as started, which it may also do while the conference waits for its first agent. */
  readonly conferenceHasStarted: boolean;
}

/** What an operator may do to one participant. */
export type ParticipantChange = "hold" | "unhold" | "mute" | "unmute" | "remove";

/** What a person may do to an open transfer. */
export type TransferChange = "complete-transfer" | "cancel-transfer" | "bring-together" | "swap-transfer";

/** A person's request, which `decide` may refuse. `by` is null for an operator. */
export type Command =
  | { kind: "start-transfer"; by: AgentId | null; to: AgentId | Outside; mode: TransferMode; note?: string }
  | { kind: TransferChange; by: AgentId | null }
  /** An agent says goodbye: the others talk on, or the customer waits for the target who rings. */
  | { kind: "leave"; by: AgentId | null }
  | { kind: "end-call"; by: AgentId | null }
  /** An agent has muted the microphone in the browser; Twilio does not report that. */
  | { kind: "mute-self"; by: AgentId | null; muted: boolean }
  | { kind: "change-participant"; by?: AgentId | null; label: Label; change: ParticipantChange };

export type Input = Fact | Command;
