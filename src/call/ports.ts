import type { Decision } from "./decision.ts";
import type { Input, Survey } from "./inputs.ts";
import type {
  Action,
  AgentId,
  CallId,
  CallRecord,
  CallSid,
  ConferenceSid,
  Dialled,
  Label,
  Leg,
  Time,
} from "./types.ts";

/** The domain's clock. Callers inject it, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970, for measuring. It follows a change of the machine's clock only while there is no call. */
  readonly now: () => Time;
  /** Milliseconds since 1970 by the machine's clock, for times that must outlive the process. */
  readonly date: () => Time;
  /** Runs `fn` once after `ms` milliseconds. The timer does not keep the process alive. */
  after(ms: number, fn: () => void): { cancel(): void };
}

/** Identifies a conference: by its name, and by its SID once a callback has reported it. */
export interface ConferenceRef {
  readonly name: CallId;
  readonly sid: ConferenceSid | null;
}

/** `hold-the-line`: "an agent will be with you soon". `agent-in-doubt`: "please stay if you hear no one". */
export type Announcement = "hold-the-line" | "agent-in-doubt";

/** The requests that the domain makes to Twilio. Each is safe to repeat; ending what has already ended succeeds. */
export interface Telephony {
  /** Dials a party. Resolves with the new leg's Call SID as soon as Twilio has accepted the dial. */
  dial(order: { call: CallId; label: Label; party: Dialled; ringSeconds: number }): Promise<CallSid>;
  /** Ends a leg, even while it rings. With `onlyIfUnanswered`, an answered leg stays up. */
  hangUp(callSid: CallSid, how: { onlyIfUnanswered: boolean }): Promise<void>;
  setEndsConference(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /**
   * Holds a participant with the waiting music, or takes them off hold. A participant that Twilio does not find has just left, or
   * Twilio contradicts itself; success here could leave a customer in silence.
   * @throws AppError not-found
   */
  setHold(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /** Mutes or unmutes a participant, who hears the others in both cases. @throws AppError not-found */
  setMuted(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /** Plays about ten seconds to everyone in the conference; they can go on talking. */
  announce(conference: ConferenceRef, what: Announcement): Promise<void>;
  /** Ends the conference; each leg continues with its `action`. @throws AppError not-found */
  endConference(conference: ConferenceRef): Promise<void>;
  /**
   * Redirects the customer out of the conference to the `action`; that ends the conference.
   * @param order.stay how often the customer has come back
   */
  release(order: { call: CallId; callSid: CallSid; stay: number }): Promise<void>;
  /**
   * Fetches what Twilio's lists show now of a call: its conference, and each leg that has not ended as far as we know. Looks for a
   * leg whose Call SID we never learned among the calls to its agent.
   * @param order.at now, by our clock; the facts carry times of the same clock
   * @param order.ahead how far our clock is ahead of Twilio's, in ms
   */
  survey(order: {
    conference: ConferenceRef;
    legs: readonly Leg[];
    at: Time;
    ahead: number;
  }): Promise<Survey>;
}

/** Call records. One process owns a store; `update` runs one change of a key at a time. */
export interface CallStore {
  get(id: CallId): Promise<CallRecord | undefined>;
  /** Loads, changes and saves. If `change` returns the same value, saves nothing. Resolves with the stored record. */
  update(
    id: CallId,
    change: (current: CallRecord | undefined) => CallRecord | undefined,
  ): Promise<CallRecord | undefined>;
  /** Records of calls that may still have legs at Twilio, ended or not, oldest first. */
  unfinished(): Promise<CallRecord[]>;
  /** Records of calls that have not ended, oldest first. */
  live(): Promise<CallRecord[]>;
  /** Records of calls that ended at that time or later, the newest end first; the store forgets them after 30 days. */
  ended(since: Time): Promise<CallRecord[]>;
}

/** The agents who are signed in, ready and free. Synchronous, so that one turn both chooses and claims an agent. */
export interface AgentPresence {
  all(): readonly AgentId[];
  signedIn(): readonly AgentId[];
  free(): readonly AgentId[];
  /** Reserves an agent for a call until `release`. */
  claim(agent: AgentId, call: CallId): void;
  release(agent: AgentId, call: CallId): void;
  /** The call that has claimed an agent. */
  callOf(agent: AgentId): CallId | undefined;
  /** Calls `listener` with each agent whose state or place in the list has changed. Returns a function that unsubscribes. */
  onChange(listener: (agent: AgentId) => void): () => void;
}

/** One queue per call: load, decide, save, act. */
export interface Coordinator {
  /**
   * Feeds one input to a call. Resolves when the decision is saved. Its actions run afterwards, so that the server can answer a
   * webhook at once. A fact about an unknown call and a refused command resolve with `refusal` set.
   */
  submit(call: CallId, input: Input): Promise<Decision>;
  get(call: CallId): Promise<CallRecord | undefined>;
  /** Calls that have not ended, oldest first. The coordinator reads the store once, at the start, and then answers from memory. */
  live(): Promise<CallRecord[]>;
  /** True while any call may still have legs at Twilio. */
  hasCalls(): boolean;
  /** A live call as it is now, from memory. */
  current(call: CallId): CallRecord | undefined;
  /** Calls `listener` after each saved change. Returns a function that unsubscribes. */
  onChange(listener: (after: CallRecord, before: CallRecord | undefined) => void): () => void;
  /**
   * Surveys the calls that live now at once, and every few seconds until they end. Their callbacks may be lost, because the public
   * URL has changed.
   */
  distrustCallbacks(): void;
  /** Resolves when no input is queued and no action is in progress. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Watches the coordinator, for logs and metrics; changes nothing. */
export interface Observer {
  /** The coordinator has decided about an input and saved the decision; `isNews` if that changed the record. */
  input(call: CallId, input: Input, decision: Decision, isNews: boolean): void;
  /** An action that was decided with `record` has succeeded or (`error` is set) failed after `ms` milliseconds. */
  action(record: CallRecord, action: Action, error: unknown, ms: number): void;
}
