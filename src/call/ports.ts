import type { Input, Survey } from "./inputs.ts";
import type {
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
import type { Decision } from "./decision.ts";

/** Time as the domain sees it; injected, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970, for measuring: setting the machine's clock moves it only while there is no call. */
  now(): Time;
  /** Milliseconds since 1970 as the machine's clock shows them, for what must outlive the process. */
  date(): Time;
  /** Runs `fn` once after `ms` milliseconds; never keeps the process alive by itself. */
  after(ms: number, fn: () => void): { cancel(): void };
}

/** Where a conference is found: always by its name, by its SID once a callback has told it. */
export interface ConferenceRef {
  readonly name: CallId;
  readonly sid: ConferenceSid | null;
}

/** `hold-the-line`: an agent comes soon. `agent-in-doubt`: stay if you hear nobody. */
export type Announcement = "hold-the-line" | "agent-in-doubt";

/** What the domain asks of Twilio. Each may be repeated; what has ended already counts as ended. */
export interface Telephony {
  /** Dials somebody; resolves with the new leg's Call SID as soon as Twilio has taken the dial. */
  dial(order: { call: CallId; label: Label; party: Dialled; ringSeconds: number }): Promise<CallSid>;
  /** Ends a leg, also one that still rings; with `onlyIfUnanswered` one that has been answered stays up. */
  hangUp(callSid: CallSid, how: { onlyIfUnanswered: boolean }): Promise<void>;
  setEndsConference(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /**
   * Puts a participant on hold with the waiting music, or takes it back. Who is not found has just left, or Twilio contradicts
   * itself: then it is no success, or somebody would stay in silence.
   * @throws AppError not-found
   */
  setHold(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /** Lets a participant hear and not be heard, or takes that back. @throws AppError not-found */
  setMuted(conference: ConferenceRef, callSid: CallSid, value: boolean): Promise<void>;
  /** Plays about ten seconds to everybody in the conference, who can go on talking. */
  announce(conference: ConferenceRef, what: Announcement): Promise<void>;
  /** Ends the conference; each leg goes on with its `action`. @throws AppError not-found */
  endConference(conference: ConferenceRef): Promise<void>;
  /**
   * Takes the customer out of the conference, which ends with that, and on with the `action`.
   * @param order.stay how often the customer has come back
   */
  release(order: { call: CallId; callSid: CallSid; stay: number }): Promise<void>;
  /**
   * What Twilio's lists show now of a call: of its conference and of each leg that has not ended as far as we know. A leg
   * whose Call SID we never learned is looked for among the calls to its agent.
   * @param order.at now, by our clock, by which the facts are dated too
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
  /** Loads, changes and saves; `change` returning the same value saves nothing. Resolves with what is stored. */
  update(
    id: CallId,
    change: (current: CallRecord | undefined) => CallRecord | undefined,
  ): Promise<CallRecord | undefined>;
  /** Records of calls of which something may still be up at Twilio, ended or not, oldest first. */
  unfinished(): Promise<CallRecord[]>;
  /** Records of calls that have not ended, oldest first. */
  live(): Promise<CallRecord[]>;
  /** Records of calls that ended at that time or later, the newest end first; the store forgets them after 30 days. */
  ended(since: Time): Promise<CallRecord[]>;
}

/** Who is signed in, ready and free. Synchronous: choosing an agent and claiming it is one turn. */
export interface AgentPresence {
  all(): readonly AgentId[];
  signedIn(): readonly AgentId[];
  free(): readonly AgentId[];
  /** Marks an agent as taken by a call until `release`. */
  claim(agent: AgentId, call: CallId): void;
  release(agent: AgentId, call: CallId): void;
  /** The call that an agent is claimed by. */
  callOf(agent: AgentId): CallId | undefined;
  /** Calls `listener` with each agent whose state has changed, or the list of agents. Returns the way to stop. */
  onChange(listener: (agent: AgentId) => void): () => void;
}

/** One queue per call: load, decide, save, act. */
export interface Coordinator {
  /**
   * Feeds one input to a call. Resolves when the decision is saved; its actions run afterwards, so that a webhook can be
   * answered at once. A fact about an unknown call and a refused command resolve with `refusal` set.
   */
  submit(call: CallId, input: Input): Promise<Decision>;
  get(call: CallId): Promise<CallRecord | undefined>;
  /** Calls that have not ended, oldest first. Read from the store once, at the start; from memory ever after. */
  live(): Promise<CallRecord[]>;
  /** True while something of any call may still be up at Twilio. */
  hasCalls(): boolean;
  /** A live call as it is now, from memory. */
  current(call: CallId): CallRecord | undefined;
  /** Called after each saved change. Returns the way to stop. */
  onChange(listener: (after: CallRecord, before: CallRecord | undefined) => void): () => void;
  /**
   * The callbacks of the calls that live now may be lost, because the public URL has changed: asks for Twilio's lists now
   * and every few seconds until these calls have ended.
   */
  distrustCallbacks(): void;
  /** Resolves when no input waits and no action is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
