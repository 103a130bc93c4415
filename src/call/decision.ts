import type { Action, AgentId, CallRecord, FailureReason } from "./types.ts";

/** Why `decide` refused a command: a value, not an exception. */
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
 * `return`: the starter rings first. `queue`: the next free agent rings. `voicemail`: the customer may leave a message. `hang-up`:
 * the customer hears a sentence, and the call ends.
 */
export type AfterFailure = Readonly<
  Record<FailureReason | "cancelled", "return" | "queue" | "voicemail" | "hang-up">
>;

/**
 * `announce`: the customer hears a sentence, and the next agent rings as soon as Twilio reports the leg gone. `ring-another`: the
 * customer hears the sentence, and the next agent rings at once.
 */
export type WhenWindowGone = "announce" | "ring-another" | "nothing";

/** The settings for calls. */
export interface CallSettings {
  /** How long an agent's phone rings, in seconds. */
  readonly ringSeconds: number;
  /** How long, in ms, the call does not ring an agent again who did not take it. */
  readonly retryAfter: number;
  /**
   * Follows Twilio's tutorial exactly: an agent who hangs up wants to leave, and a target who hangs up ends the call for everyone,
   * even while the starter is there (www.twilio.com/docs/voice/tutorials/warm-transfer).
   */
  readonly tutorialFlags: boolean;
  /** How long, in ms, an agent whose line was lost has precedence over all others. */
  readonly grace: number;
  /** What happens to the customer when a transfer has failed and its starter has left. */
  readonly afterFailure: AfterFailure;
  /** What happens when the page of the agent in the call is gone, and Twilio still shows the line. */
  readonly whenWindowGone: WhenWindowGone;
  /** How long a call may last. */
  readonly maxCallMinutes: number;
}

/** What `decide` needs beyond the record. The coordinator reads it in the same turn in which it decides. */
export interface Policy extends CallSettings {
  /** Every agent, in the order in which they ring. */
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
  /** Set when `decide` refused a command; the record is then unchanged. */
  readonly refusal: Refusal | null;
}
