import type { Action, AgentId, CallRecord, FailureReason } from "./types.ts";

/** Why a command was refused: a value, not an exception. */
export interface Refusal {
  readonly code:
    | "no-such-call"
    | "call-ended"
    | "not-in-call"
    | "no-agent"
    | "transfer-open"
    | "no-transfer"
    | "target-not-joined"
    | "completing"
    | "no-consultation"
    | "target-is-self"
    | "target-unknown"
    | "target-busy"
    | "target-signed-out"
    | "no-such-participant"
    | "not-joined"
    | "is-customer"
    | "last-agent";
  readonly message: string;
}

/**
 * `return`: the starter is rung first. `queue`: the next free agent. `voicemail`: the customer may leave a message. `hang-up`: the
 * customer hears a sentence.
 */
export type AfterFailure = Readonly<
  Record<FailureReason | "cancelled", "return" | "queue" | "voicemail" | "hang-up">
>;

/**
 * `announce`: the customer hears a sentence, and the next agent rings as soon as Twilio reports the leg gone. `ring-another`: the next
 * agent rings at once besides.
 */
export type WhenWindowGone = "announce" | "ring-another" | "nothing";

/** What the settings say of calls. */
export interface CallSettings {
  /** How long an agent's phone rings, in seconds. */
  readonly ringSeconds: number;
  /** How long an agent who did not take the call is left alone, in ms. */
  readonly retryAfter: number;
  /**
   * The letter of Twilio's tutorial: an agent who hangs up wants to leave, and a target who does ends the call for everybody, also
   * while the starter is there (www.twilio.com/docs/voice/tutorials/warm-transfer).
   */
  readonly tutorialFlags: boolean;
  /** How long, in ms, an agent whose line was lost is rung before all others. */
  readonly grace: number;
  /** What becomes of the customer when a transfer has failed and its starter has left. */
  readonly afterFailure: AfterFailure;
  /** What comes when the page of the agent in the call is gone, and Twilio still shows the line. */
  readonly whenWindowGone: WhenWindowGone;
  /** How long a call may last. */
  readonly maxCallMinutes: number;
}

/** What `decide` needs to know beyond the record; taken by the coordinator in the same turn as it decides. */
export interface Policy extends CallSettings {
  /** Every agent, in the order in which they are rung. */
  readonly agents: readonly AgentId[];
  /** Agents who are signed in, ready and in no call, in the same order. */
  readonly free: readonly AgentId[];
  /** Agents who are signed in and ready or busy (a superset of `free`). */
  readonly signedIn: readonly AgentId[];
}

export interface Decision {
  /** For an unknown call: an empty record that is not stored; see `refusal`. */
  readonly record: CallRecord;
  readonly actions: readonly Action[];
  /** Set when a command was refused; the record is then unchanged. */
  readonly refusal: Refusal | null;
}
