declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A Twilio Call SID, `CA` and 32 hexadecimal digits: one leg. */
export type CallSid = Branded<"CallSid">;
/** The customer's Call SID: names the call, its record and its conference. */
export type CallId = Branded<"CallId">;
/** A Twilio Conference SID, `CF` and 32 hexadecimal digits. */
export type ConferenceSid = Branded<"ConferenceSid">;
/** A leg's label, never used twice in a call: `customer`, `agent1-1`, `outside-1`, … Twilio's participant label. */
export type Label = Branded<"Label">;
/** An agent's identity, letters, digits and underscores: `agent1`. Twilio's client identity. */
export type AgentId = Branded<"AgentId">;
/** Milliseconds since 1970. */
export type Time = number;

export const CUSTOMER = "customer" as Label;

/** A leg's state only moves forward, so that late and repeated facts change nothing. */
export type LegState = "dialling" | "ringing" | "joined" | "left";

export type FailureReason = "no-answer" | "busy" | "declined" | "unreachable" | "machine" | "error";

/** `target-left`: the target came, and left before the transfer was complete. */
export type TransferFailure = FailureReason | "target-left";

/** How a leg ended: never answered (with the reason), or answered and hung up. */
export type LegEnd = { answered: false; reason: FailureReason | "cancelled" } | { answered: true };

/** Why a participant left: they hung up, we removed them, or the conference ended. */
export type LeaveReason = "hung-up" | "removed" | "conference-ended";

/** A person who is not an agent, at a phone number (E.164) or a SIP address (`sip:…`). */
export interface Outside {
  readonly kind: "outside";
  readonly address: string;
}

/** Who is at the other end of a leg. */
export type Party = { kind: "customer"; number: string } | { kind: "agent"; agent: AgentId } | Outside;

/** A party that we dial. */
export type Dialled = Exclude<Party, { kind: "customer" }>;

/** One phone connection: the customer's, or one that we dialled. */
export interface Leg {
  readonly label: Label;
  readonly party: Party;
  /** `first`: we dialled it because a customer waits. `target`: a transfer dialled it. */
  readonly role: "customer" | "first" | "target";
  /** Null until Twilio has accepted our dial. */
  readonly callSid: CallSid | null;
  readonly state: LegState;
  readonly dialledAt: Time;
  readonly ringingAt: Time | null;
  /** The person has answered; the leg is not yet in the conference. */
  readonly answeredAt: Time | null;
  /** The party heard the briefing and did not take the call. `machine`: no key was pressed. */
  readonly refused?: "declined" | "machine";
  readonly joinedAt: Time | null;
  readonly leftAt: Time | null;
  /** Why it left the conference, if Twilio said so. */
  readonly leftBecause: LeaveReason | null;
  readonly end: LegEnd | null;
  /** When the leg left the conference and stayed on the line: the person at this leg did not end the conference. */
  readonly releasedAt?: Time;
  /** The line was lost: the person at this leg did not want to leave. */
  readonly isLost?: boolean;
  /** When the agent's page came back without the call, while Twilio still shows the leg: no one hears that leg. */
  readonly lostAt?: Time;
  /** When the server last found the agent's page gone, and when the page was back: until then, the line may be dead. */
  readonly windowGoneAt?: Time;
  readonly windowBackAt?: Time;
  /** Twilio reported that the leg left at the time when it did; we did not find out long afterwards. */
  readonly leaveWasTold?: boolean;
  /** When this leg leaves, Twilio ends the conference. */
  readonly endsConference: boolean;
  readonly onHold: boolean;
  /** An operator wants this leg on hold. A customer may also be on hold because no agent is there. */
  readonly holdWanted: boolean;
  /** An operator wants this leg muted: it hears and is not heard. */
  readonly muted: boolean;
  /** The agent has muted the microphone in the browser. */
  readonly mutedSelf?: boolean;
  /** When we let this one leg go (a transfer was cancelled or completed, a dial failed), whatever the call does. */
  readonly dismissedAt?: Time;
  /** The page has announced that it hangs up; we hang up only if it does not. */
  readonly hangsUpItself?: boolean;
  /** When we stopped waiting for Twilio to report the leg's end. */
  readonly givenUpAt?: Time;
  /** We no longer want this leg, or the call has ended. We hang it up as soon as we know its Call SID. */
  readonly unwanted: boolean;
  readonly told: Told;
  /** The changes that failed at Twilio. */
  readonly retries?: Retries;
}

/** How we last hung a leg up: if unanswered, after it joined, or a second time. `gone`: Twilio reports that the leg has left. */
export type HungUp = "no" | "unanswered" | "joined" | "insisted" | "gone";

/**
 * What Twilio was last told about a leg, or shows of it; `src/call/rules/actions.ts` finds the actions from it. Null: the last
 * change failed, or Twilio made it and did not answer.
 */
export interface Told {
  readonly dialled: boolean;
  readonly onHold: boolean | null;
  readonly endsConference: boolean | null;
  readonly muted: boolean | null;
  readonly hungUp: HungUp;
}

/**
 * A change that failed at Twilio: the number of tries, and the earliest time of the next one (null: no more tries). For a hang-up,
 * `value` is true if it was the second one (`insisted`).
 */
export interface Retry {
  readonly value: boolean;
  readonly attempts: number;
  readonly from: Time | null;
}

export type Retries = Readonly<Partial<Record<"onHold" | "endsConference" | "muted" | "hungUp", Retry>>>;

/** How a transfer brings the target in; see `src/call/rules/modes.ts`. */
export type TransferMode = "three-way" | "consult" | "blind";
/**
 * `briefing`: an outside target has answered, and hears what the call is about before taking it. `consulting`: the customer is on
 * hold while starter and target talk. `together`: all three talk.
 */
export type Phase = "ringing" | "briefing" | "consulting" | "together" | "ended";
export type TransferId = Branded<"TransferId">;
export type Outcome =
  | { kind: "completed" }
  | { kind: "cancelled" }
  | { kind: "abandoned" }
  | { kind: "failed"; reason: TransferFailure };

export interface Transfer {
  /** Unique in the call: `1`, `2`, … */
  readonly id: TransferId;
  readonly mode: TransferMode;
  /** The agent who gives the call away. Null only in records of 0.1.0, whose operators could transfer a waiting call. */
  readonly from: AgentId | null;
  /** Null for an outside target, whose address is in the target's leg. */
  readonly to: AgentId | null;
  /** The label of the leg of `from`. */
  readonly starter: Label | null;
  /** The label of the target's leg. */
  readonly target: Label;
  readonly startedAt: Time;
  /** When a person asked to cancel the transfer. */
  readonly cancelledAt: Time | null;
  /** When a person asked, in a consultation, to let all three talk. */
  readonly broughtTogetherAt?: Time;
  /** When a person asked, in a consultation, to swap who is on hold: first the customer, then the target, and so on. */
  readonly swappedAt?: readonly Time[];
  /** The starter's note, which the target gets before answering; 500 characters at most. */
  readonly note?: string;
  /** Where the transfer is; `ended` exactly when it has an outcome. */
  readonly phase: Phase;
  /** Null while the transfer is open. */
  readonly outcome: Outcome | null;
  readonly endedAt: Time | null;
}

/** The message that a customer left after a transfer had failed. Twilio keeps the recording. */
export interface Message {
  /** Twilio's Recording SID, `RE` and 32 hexadecimal digits. */
  readonly recording: string;
  /** The recording's URL, as Twilio reports it. */
  readonly url: string;
  readonly seconds: number;
  /** When we heard of it. */
  readonly at: Time;
}

/**
 * Who ended a call. `outside`: an outside party who had taken it over. `no-agent`: the setting `afterFailure`, after a failed
 * transfer. `time-limit`: Twilio, because the call had lasted too long. `error`: the conference ended, and no person asked for it.
 */
export type EndedBy = "customer" | "agent" | "outside" | "operator" | "no-agent" | "time-limit" | "error";

/** Everything we know about one call. One JSON value; the store keeps it under `id`. */
export interface CallRecord {
  /** The version of the record's shape; `record-versions.ts` upgrades older ones. */
  readonly version: number;
  readonly id: CallId;
  readonly conferenceSid: ConferenceSid | null;
  /** A survey showed a join that no callback had reported: the conference no longer plays its waiting music. */
  readonly conferenceHasStarted?: boolean;
  readonly startedAt: Time;
  /** How long the customer may stay in the conference, in seconds; unknown in records of 0.1.0. */
  readonly timeLimit?: number;
  readonly legs: readonly Leg[];
  readonly transfers: readonly Transfer[];
  /** Agents who did not take this call, with the time from which they may ring again. */
  readonly passed: Readonly<Record<string, Time>>;
  /** When the customer came back, and from which conference: an agent's lost line had ended that one. */
  readonly returns?: readonly { readonly at: Time; readonly from: ConferenceSid | null }[];
  /** The conference's end as Twilio reported it. `by` is the leg that ended it, or null if an API request did. */
  readonly conferenceEnd: { readonly at: Time; readonly by: Label | null } | null;
  /**
   * A person asked to end the call; `by` is null for an operator. `noAgent`: the setting `afterFailure` ended it instead.
   * `takesMessage`: the customer may leave a message.
   */
  readonly endRequested: Readonly<{
    at: Time;
    by: AgentId | null;
    noAgent?: boolean;
    takesMessage?: boolean;
  }> | null;
  readonly message?: Message;
  /** When the call ended for agents. A customer who leaves a message stays on the line for a little longer. */
  readonly endedAt: Time | null;
  /** What ended the call; null while it lives. */
  readonly endedBy: EndedBy | null;
  /** Twilio was told to end the conference, and no longer shows it. */
  readonly toldToEnd: boolean;
  readonly endRetry?: Retry;
  /** We asked everyone in the conference to stay, because every agent's line may be dead. Removed once a line works again. */
  readonly toldOfDoubt?: true;
  readonly doubtRetry?: Retry;
  /** When `decide` needs a `deadline-passed` input; null: not at all. */
  readonly deadline: Time | null;
  readonly revision: number;
}

/** A request to Twilio. Each is safe to repeat. */
export type Action =
  | { kind: "dial"; label: Label; party: Dialled; ringSeconds: number }
  /** `onlyIfUnanswered`: an answered leg stays up, because it may have joined. */
  | { kind: "hang-up"; label: Label; callSid: CallSid; onlyIfUnanswered: boolean }
  | { kind: "set-ends-conference"; label: Label; callSid: CallSid; value: boolean }
  | { kind: "set-hold"; label: Label; callSid: CallSid; value: boolean }
  | { kind: "set-muted"; label: Label; callSid: CallSid; value: boolean }
  /** Asks everyone in the conference to stay, because the agent's line may be dead. */
  | { kind: "announce" }
  | { kind: "end-conference" };
