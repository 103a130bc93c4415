import type { Action, AgentId, CallRecord } from "./types.ts";

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

/** What `decide` needs to know beyond the record; taken by the coordinator in the same turn as it decides. */
export interface Policy {
  /** Every agent, in the order in which they are rung. */
  readonly agents: readonly AgentId[];
  /** Agents who are signed in, ready and in no call, in the same order. */
  readonly free: readonly AgentId[];
  /** Agents who are signed in and ready or busy (a superset of `free`). */
  readonly signedIn: readonly AgentId[];
  /** How long an agent's phone rings, in seconds. */
  readonly ringSeconds: number;
  /** How long an agent who did not take the call is left alone, in ms. */
  readonly retryAfter: number;
  /**
   * The letter of Twilio's tutorial: a target who leaves ends the call for everybody, also while the starter is there
   * (www.twilio.com/docs/voice/tutorials/warm-transfer).
   */
  readonly tutorialFlags: boolean;
  /** How long a call may last. */
  readonly maxCallMinutes: number;
}

export interface Decision {
  /** For an unknown call: an empty record that is not stored; see `refusal`. */
  readonly record: CallRecord;
  readonly actions: readonly Action[];
  /** Set when a command was refused; the record is then unchanged. */
  readonly refusal: Refusal | null;
}
