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

/** What Twilio or the clock says: it has happened, and cannot be refused. */
export type Fact = {
  /** When it happened, or as long as `stamp` is set, when we heard of it; by our clock. */
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
      /** Learned so late that it must not be taken for the last agent's goodbye. */
      isOldNews?: boolean;
    }
  | { kind: "participant-joined"; label: Label; callSid: CallSid; conference: ConferenceSid }
  | {
      kind: "participant-left";
      label: Label;
      callSid: CallSid;
      conference: ConferenceSid;
      /** Twilio's ReasonParticipantLeft: tells who hung up when all legs leave in the same second. */
      because?: LeaveReason;
    }
  | { kind: "conference-ended"; conference: ConferenceSid; endedBy: Label | null }
  /** The customer's `<Dial>` is over, and the customer has not hung up. `stay`: how often the customer had come back before. */
  | { kind: "customer-released"; stay: number }
  /** Twilio has kept what the customer said. */
  | ({ kind: "message-left" } & Omit<Message, "at">)
  | { kind: "line-lost"; label: Label }
  /** The agent's page is gone, and others answer; or it is back. */
  | { kind: "window-gone" | "window-back"; label: Label }
  | { kind: "leg-refused"; label: Label; callSid: CallSid; reason: NonNullable<Leg["refused"]> }
  | { kind: "dial-failed"; label: Label; reason: FailureReason }
  | { kind: "action-failed"; action: Action; message: string }
  /** What Twilio's lists showed. `at`: when they were asked. */
  | { kind: "twilio-surveyed"; found: Survey }
  | { kind: "agents-changed" }
  | { kind: "deadline-passed" }
);

export type SurveyedFact = Extract<
  Fact,
  { kind: "leg-dialled" | "leg-ringing" | "leg-ended" | "participant-joined" | "conference-ended" }
>;

/** What Twilio's lists show of a call. They lag behind, so that nothing is concluded from what they do not show. */
export interface Survey {
  /** What has happened, as facts of the other kinds. */
  readonly facts: readonly SurveyedFact[];
  /** Who is in the conference now, and how. */
  readonly participants: readonly Pick<Leg, "label" | "onHold" | "muted" | "endsConference">[];
  /** Legs whose calls wait to be dialled, ring or are answered, those of the participants among them. */
  readonly alive: readonly Label[];
  /** Legs of which Twilio knows no call. */
  readonly unknown: readonly Label[];
  /** There is a conference, and it has not ended. */
  readonly conferenceIsLive: boolean;
  /** It is listed as started. Twilio may list one so that waits for its first agent. */
  readonly conferenceHasStarted: boolean;
}

/** What an operator may do to one participant. */
export type ParticipantChange = "hold" | "unhold" | "mute" | "unmute" | "remove";

/** What may be asked of an open transfer. */
export type TransferChange = "complete-transfer" | "cancel-transfer" | "bring-together" | "swap-transfer";

/** What a person asks for; may be refused. `by` is null for an operator. */
export type Command =
  | { kind: "start-transfer"; by: AgentId | null; to: AgentId | Outside; mode: TransferMode; note?: string }
  | { kind: TransferChange; by: AgentId | null }
  /** An agent says goodbye: the others talk on, or the customer waits for the target who rings. */
  | { kind: "leave"; by: AgentId | null }
  | { kind: "end-call"; by: AgentId | null }
  /** An agent has muted the microphone in the browser, which Twilio does not hear of. */
  | { kind: "mute-self"; by: AgentId | null; muted: boolean }
  | { kind: "change-participant"; by?: AgentId | null; label: Label; change: ParticipantChange };

export type Input = Fact | Command;
