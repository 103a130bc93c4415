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

/** Why a participant left: by itself, taken out by us, or because the conference ended under it. */
export type LeaveReason = "hung-up" | "removed" | "conference-ended";

/** Somebody who is no agent, at a phone number (E.164) or a SIP address (`sip:…`). */
export interface Outside {
  readonly kind: "outside";
  readonly address: string;
}

/** Who is at the other end of a leg. */
export type Party = { kind: "customer"; number: string } | { kind: "agent"; agent: AgentId } | Outside;

/** Whom we dial. */
export type Dialled = Exclude<Party, { kind: "customer" }>;

/** One phone connection: the customer's, or one that we dialled. */
export interface Leg {
  readonly label: Label;
  readonly party: Party;
  /** `first`: dialled because a customer waits. `target`: dialled by a transfer. */
  readonly role: "customer" | "first" | "target";
  /** Null until Twilio has taken our dial. */
  readonly callSid: CallSid | null;
  readonly state: LegState;
  readonly dialledAt: Time;
  readonly ringingAt: Time | null;
  /** The person has answered; the leg is not yet in the conference. */
  readonly answeredAt: Time | null;
  /** Who answered the phone has heard what it is about and does not take the call: `machine` when nobody pressed a key. */
  readonly refused?: "declined" | "machine";
  readonly joinedAt: Time | null;
  readonly leftAt: Time | null;
  /** Why it left the conference, if Twilio said so. */
  readonly leftBecause: LeaveReason | null;
  readonly end: LegEnd | null;
  /** Out of the conference, and still on the line: whoever ended that, it was not the person at this leg. */
  readonly releasedAt?: Time;
  /** The line was lost: nobody at this leg wanted to leave. */
  readonly isLost?: boolean;
  /** When the agent's page was there without the call, while Twilio still shows the leg: nobody hears it. */
  readonly lostAt?: Time;
  /** When the agent's page was last found to be gone, and when it was back: a suspicion that the line is dead. */
  readonly windowGoneAt?: Time;
  readonly windowBackAt?: Time;
  /** We were told of its leaving when it left, and did not find out long afterwards. */
  readonly leaveWasTold?: boolean;
  /** When this leg leaves, Twilio ends the conference. */
  readonly endsConference: boolean;
  readonly onHold: boolean;
  /** An operator wants this leg on hold; a customer may be on hold besides, because nobody is there. */
  readonly holdWanted: boolean;
  /** An operator wants this leg muted: it hears and is not heard. */
  readonly muted: boolean;
  /** The agent has muted the microphone in the browser. */
  readonly mutedSelf?: boolean;
  /** When we let go of this leg by itself (a transfer was cancelled or completed, a dial failed), whatever the call does. */
  readonly dismissedAt?: Time;
  /** The page has said goodbye and hangs up; only if that does not come do we. */
  readonly hangsUpItself?: boolean;
  /** When we stopped waiting for Twilio's report of its end. */
  readonly givenUpAt?: Time;
  /** We no longer want this leg, by itself or because the call has ended: hung up as soon as its Call SID is known. */
  readonly unwanted: boolean;
  readonly told: Told;
  /** What Twilio did not take. */
  readonly retries?: Retries;
}

/** How far we went to hang a leg up: while nobody had joined there, whoever had, or once more. `gone`: Twilio says it has left. */
export type HungUp = "no" | "unanswered" | "joined" | "insisted" | "gone";

/**
 * What Twilio was last told of a leg, or shows of it; `src/call/rules/actions.ts` does what is wanted beyond that. Null: it did not
 * take the last change, or took it and did not answer.
 */
export interface Told {
  readonly dialled: boolean;
  readonly onHold: boolean | null;
  readonly endsConference: boolean | null;
  readonly muted: boolean | null;
  readonly hungUp: HungUp;
}

/**
 * A change that Twilio did not take: how often it was tried, and from when it may be tried again (null: not by itself). Of a
 * hang-up, `value` is whether it was insisted on.
 */
export interface Retry {
  readonly value: boolean;
  readonly attempts: number;
  readonly from: Time | null;
}

export type Retries = Readonly<Partial<Record<"onHold" | "endsConference" | "muted" | "hungUp", Retry>>>;

/** How a transfer brings the target in; `src/call/rules/modes.ts` says how they differ. */
export type TransferMode = "three-way" | "consult" | "blind";
/**
 * `briefing`: who is no agent has answered, and hears what the call is about before taking it. `consulting`: the customer is on
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
  /** Null for somebody who is no agent; the target's leg tells the address. */
  readonly to: AgentId | null;
  /** The label of the leg of `from`. */
  readonly starter: Label | null;
  /** The label of the target's leg. */
  readonly target: Label;
  readonly startedAt: Time;
  /** When somebody asked to cancel it. */
  readonly cancelledAt: Time | null;
  /** When somebody asked, in a consultation, to let all three talk. */
  readonly broughtTogetherAt?: Time;
  /** When somebody asked, in a consultation, to swap who is on hold: the customer at first, then the target, and so on. */
  readonly swappedAt?: readonly Time[];
  /** What the starter tells the target before the target answers; 500 characters at most. */
  readonly note?: string;
  /** Where the transfer is; `ended` exactly when it has an outcome. */
  readonly phase: Phase;
  /** Null while the transfer is open. */
  readonly outcome: Outcome | null;
  readonly endedAt: Time | null;
}

/** What a customer said after a transfer had failed, kept by Twilio. */
export interface Message {
  /** Twilio's Recording SID, `RE` and 32 hexadecimal digits. */
  readonly recording: string;
  /** Where the recording is heard, as Twilio says. */
  readonly url: string;
  readonly seconds: number;
  /** When we heard of it. */
  readonly at: Time;
}

/**
 * Who ended a call. `outside`: who took it over and is no agent. `no-agent`: the setting `afterFailure`, after a transfer had failed. `time-limit`: Twilio, because it had
 * lasted too long. `error`: the conference ended and nobody in the call had asked for it.
 */
export type EndedBy = "customer" | "agent" | "outside" | "operator" | "no-agent" | "time-limit" | "error";

/** Everything we know of one call. One JSON value; the store keeps it under `id`. */
export interface CallRecord {
  /** Of the record's shape; `record-versions.ts` brings an older one up to date. */
  readonly version: number;
  readonly id: CallId;
  readonly conferenceSid: ConferenceSid | null;
  /** A survey showed that somebody had joined whose joining nobody reported: there is no waiting music any more. */
  readonly conferenceHasStarted?: boolean;
  readonly startedAt: Time;
  /** How long the customer may stay in the conference, in seconds; unknown in records of 0.1.0. */
  readonly timeLimit?: number;
  readonly legs: readonly Leg[];
  readonly transfers: readonly Transfer[];
  /** Agents who did not take this call, with the time from which they may be rung again. */
  readonly passed: Readonly<Record<string, Time>>;
  /** When the customer came back, and from which conference: an agent whose line was lost had ended it by leaving. */
  readonly returns?: readonly { readonly at: Time; readonly from: ConferenceSid | null }[];
  /** What Twilio said of the conference's end; `by` is the leg that ended it, null when it was ended by the API. */
  readonly conferenceEnd: { readonly at: Time; readonly by: Label | null } | null;
  /**
   * Somebody asked to end the call; `by` is null for an operator. `noAgent`: nobody did, but `afterFailure` says so.
   * `takesMessage`: the customer is asked for a message.
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
  /** Twilio was told to end the conference, and does not show it any more. */
  readonly toldToEnd: boolean;
  readonly endRetry?: Retry;
  /** Those in the conference were asked to stay, because the line of every agent there may be dead. Goes with that doubt. */
  readonly toldOfDoubt?: true;
  readonly doubtRetry?: Retry;
  /** When `decide` wants to be woken with a `deadline-passed` input; null: not at all. */
  readonly deadline: Time | null;
  readonly revision: number;
}

/** What is to be done at Twilio. Each may be repeated safely. */
export type Action =
  | { kind: "dial"; label: Label; party: Dialled; ringSeconds: number }
  /** `onlyIfUnanswered`: leaves a leg alone that has just been answered and may have joined. */
  | { kind: "hang-up"; label: Label; callSid: CallSid; onlyIfUnanswered: boolean }
  | { kind: "set-ends-conference"; label: Label; callSid: CallSid; value: boolean }
  | { kind: "set-hold"; label: Label; callSid: CallSid; value: boolean }
  | { kind: "set-muted"; label: Label; callSid: CallSid; value: boolean }
  /** Asks those in the conference to stay, because the line of the agent may be dead. */
  | { kind: "announce" }
  | { kind: "end-conference" };
