import type { Input } from "../inputs.ts";
import { hungUpBeforeJoining, legOf } from "../legs.ts";
import type { AgentPresence, Clock, Telephony } from "../ports.ts";
import { isFinished } from "../rules/ending.ts";
import { mayNeedAgent } from "../rules/waiting.ts";
import type { CallId, CallRecord, Time } from "../types.ts";
import { type Decided, type RememberingStore, matchClaims } from "./decide-and-save.ts";
import { type Surveyor, createSurveyor } from "./surveyor.ts";
import { createAlarm, type InFlight, type TwilioClock } from "./timing.ts";

/** Does an input show that an earlier callback may be lost? */
function isDoubtful(before: CallRecord, { legs }: CallRecord, input: Input): boolean {
  // The party joined another conference than the customer's. The customer may have left, and Twilio made a new one of that name.
  if (input.kind === "participant-joined" && before.conferenceSid !== null)
    return input.conference !== before.conferenceSid;
  // An agent who answered and hung up without a reported join may have joined, and left the customer in silence.
  return legs.some((leg) => hungUpBeforeJoining(leg) && legOf(before, leg.label)?.end === null);
}

interface Offering {
  readonly hasFreeAgent: () => boolean;
  /** Calls that could use an agent now, oldest first. */
  readonly waiting: () => readonly CallId[];
  /** Gives one call the chance to ring an agent. */
  readonly offer: (call: CallId) => Promise<unknown>;
}

/**
 * Returns a function that offers free agents to waiting customers, one call after the other, oldest first. A call of the function
 * during a round adds one more round.
 */
function createOffers({ hasFreeAgent, waiting, offer }: Offering): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const round = async (): Promise<void> => {
    // Several changes in one turn share one round.
    await Promise.resolve();
    do {
      again = false;
      for (const call of hasFreeAgent() ? waiting() : []) if (hasFreeAgent()) await offer(call);
    } while (again);
    running = undefined;
  };
  return () => {
    again = running !== undefined;
    running ??= round();
    return running;
  };
}

/** Pause before the next try of a failed save, in ms. */
const SAVE_AGAIN = 1_000;

/** @param save tries once more; after another failure, the caller adds the call again */
function createSaving(clock: Clock, save: (call: CallId) => Promise<void>) {
  const failing = new Set<CallId>();
  const alarm = createAlarm(clock, (call) => {
    failing.delete(call);
    void save(call);
  });
  return {
    again(call: CallId): void {
      if (failing.has(call)) return;
      failing.add(call);
      alarm.set(call, clock.now() + SAVE_AGAIN);
    },
    isFailing: (call: CallId) => failing.has(call),
    stop: () => alarm.stop(),
  };
}

/**
 * Calls that ring the next agent after a survey.
 * @param ring called if that survey has failed: ringing an agent for no one is better than letting a customer wait
 */
function createHeldBack(clock: Clock, ring: (call: CallId) => void) {
  const since = new Map<CallId, Time>();
  return {
    /** Returns false for a call that already waits for its survey. */
    add: (call: CallId): boolean => !since.has(call) && since.set(call, clock.now()).has(call),
    onSurveyed(call: CallId, surveyedAt: Time, isDone: boolean): void {
      if ((since.get(call) ?? Infinity) > surveyedAt) return;
      since.delete(call);
      if (!isDone) ring(call);
    },
    forget: (call: CallId) => void since.delete(call),
  };
}

/** The present records of calls that may have legs at Twilio. */
function createMemory() {
  const unfinished = new Map<CallId, CallRecord>();
  const waiting = new Set<CallId>();
  const oldest = (records: readonly CallRecord[]) => [...records].sort((a, b) => a.startedAt - b.startedAt);
  const live = () => oldest([...unfinished.values()].filter(({ endedAt }) => endedAt === null));
  return {
    keep(record: CallRecord): void {
      if (isFinished(record)) unfinished.delete(record.id);
      else unfinished.set(record.id, record);
      if (mayNeedAgent(record)) waiting.add(record.id);
      else waiting.delete(record.id);
    },
    known: (call: CallId) => unfinished.get(call),
    current(call: CallId): CallRecord | undefined {
      const record = unfinished.get(call);
      return record?.endedAt === null ? record : undefined;
    },
    live,
    /** Calls that could use an agent now, oldest first. */
    waiting: () => oldest([...waiting].flatMap((call) => unfinished.get(call) ?? [])).map(({ id }) => id),
  };
}

interface Needs {
  store: RememberingStore;
  telephony: Telephony;
  presence: AgentPresence;
  clock: Clock;
  twilioClock: TwilioClock;
  /** Feeds an input of our own to a call; resolves with whether it was saved. */
  feed: (call: CallId, input: Input) => Promise<boolean>;
  /** Like `feed`, but reports no failure. */
  retry: (call: CallId, input: Input) => Promise<boolean>;
  inFlight: InFlight;
  onError: (error: unknown, call: CallId) => void;
}

/** What the server remembers of a call outside its record, and what time triggers: deadlines, surveys, offers. */
export interface FollowUp {
  /** After each saved decision. */
  note(decided: Decided, input: Input): void;
  /** When the last finished survey of a call began, successful or not; 0 if there was none. */
  surveyedAt(call: CallId): Time;
  /** A save of this call failed: tries again, and surveys the call once that has worked. */
  saveAgain(call: CallId): void;
  /** The last save of this call failed; until the next try, no agent rings for it. */
  isFailing(call: CallId): boolean;
  /** The present record of a call that may have legs at Twilio, from memory. */
  known(call: CallId): CallRecord | undefined;
  /** Recovers a call that was unfinished when the last server stopped. */
  recover(record: CallRecord): void;
  /** Surveys a call soon, and a few times more. */
  survey(call: CallId): void;
  /** Surveys the calls that live now every few seconds, because their callbacks may not arrive. */
  distrustCallbacks: () => void;
  /** A live call as it is now, from memory. */
  current(call: CallId): CallRecord | undefined;
  /** The calls that have not ended, from memory, oldest first. */
  live(): CallRecord[];
  /** True while any call may still have legs at Twilio. */
  hasCalls(): boolean;
  stop(): void;
}

export function createFollowUp(needs: Needs): FollowUp {
  const { presence, clock, feed, retry, inFlight } = needs;
  const calls = createMemory();
  const deadlinePassed = (): Input => ({ kind: "deadline-passed", at: clock.now() });
  const wake = (call: CallId): void => void feed(call, deadlinePassed());
  const alarm = createAlarm(clock, wake);
  const agentsChanged = (): Input => ({ kind: "agents-changed", at: clock.now() });
  const saving = createSaving(clock, async (call) => {
    if (!calls.known(call) && !needs.store.unsaved(call)) return;
    // Time that passed while the server was away proves nothing.
    const isSaved = await retry(call, surveyor.isOutOfDate(call) ? agentsChanged() : deadlinePassed());
    if (isSaved && calls.known(call)) surveyor.ask(call);
  });
  const offerAgents = createOffers({
    hasFreeAgent: () => presence.free().length > 0,
    waiting: () => calls.waiting(),
    offer: (call) => feed(call, agentsChanged()),
  });
  const stopListening = presence.onChange(() => void inFlight.track(offerAgents()));
  const heldBack = createHeldBack(clock, (call) => void feed(call, agentsChanged()));
  const surveyor: Surveyor = createSurveyor({
    ...needs,
    onUpToDate: wake,
    onSurveyed: (call, isDone) => heldBack.onSurveyed(call, surveyor.surveyedAt(call), isDone),
  });
  const keep = (record: CallRecord): void => {
    calls.keep(record);
    surveyor.noteNews(record);
    alarm.set(record.id, surveyor.isOutOfDate(record.id) ? null : record.deadline);
    matchClaims(presence, record.id, record);
    if (record.endedAt !== null) heldBack.forget(record.id);
  };
  return {
    note({ before, decision: { record }, ringsAfterSurvey }, input) {
      keep(record);
      if (before && record.endedAt === null && isDoubtful(before, record, input)) surveyor.ask(record.id);
      if (ringsAfterSurvey && heldBack.add(record.id)) surveyor.askOnce(record.id);
    },
    surveyedAt: (call) => surveyor.surveyedAt(call),
    recover(record) {
      surveyor.recover(record.id);
      keep(record);
    },
    survey: (call) => surveyor.ask(call),
    distrustCallbacks: () => surveyor.distrustCallbacks(),
    saveAgain: (call) => saving.again(call),
    isFailing: (call) => saving.isFailing(call),
    known: (id) => calls.known(id),
    current: (id) => calls.current(id),
    live: () => calls.live(),
    hasCalls: () => surveyor.hasCalls(),
    stop() {
      stopListening();
      alarm.stop();
      saving.stop();
      surveyor.stop();
    },
  };
}
