import { hungUpBeforeJoining, legOf } from "../legs.ts";
import type { AgentPresence, Clock, Telephony } from "../ports.ts";
import { isFinished } from "../rules/ending.ts";
import { mayNeedAgent } from "../rules/waiting.ts";
import type { Input } from "../inputs.ts";
import type { CallId, CallRecord, Time } from "../types.ts";
import { createAlarm } from "./alarm.ts";
import { type Decided, type RememberingStore, matchClaims } from "./decide-and-save.ts";
import { type Surveyor, createSurveyor } from "./surveyor.ts";
import type { InFlight } from "./turns.ts";
import type { TwilioClock } from "./twilio-clock.ts";

/** Does an input show that a report before it may be lost? */
function isDoubtful(before: CallRecord, { legs }: CallRecord, input: Input): boolean {
  // Somebody is in another conference than the customer, who may have left; then Twilio made a new one of the same name.
  if (input.kind === "participant-joined" && before.conferenceSid !== null)
    return input.conference !== before.conferenceSid;
  // Who answered, and hung up without a reported join, may have been in, and have left the customer in silence.
  return legs.some((leg) => hungUpBeforeJoining(leg) && legOf(before, leg.label)?.end === null);
}

interface Offering {
  readonly hasFreeAgent: () => boolean;
  /** The calls that could use an agent now, the oldest first. */
  readonly waiting: () => readonly CallId[];
  /** Gives one call the chance to ring an agent. */
  readonly offer: (call: CallId) => Promise<unknown>;
}

/**
 * Returns a function that offers free agents to the customers who wait, one call after the other, the oldest first.
 * Called again meanwhile it goes once more through all, not twice at once.
 */
function createOffers({ hasFreeAgent, waiting, offer }: Offering): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const round = async (): Promise<void> => {
    // Several changes in one turn are one round.
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

/** What could not be saved is tried again after this time, in ms. */
const SAVE_AGAIN = 1_000;

/** @param save tries once more; what fails again comes again */
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
 * Calls for which an agent is rung after a survey.
 * @param ring called when that survey has failed: better to ring an agent for nobody than to let a customer wait
 */
function createHeldBack(clock: Clock, ring: (call: CallId) => void) {
  const since = new Map<CallId, Time>();
  return {
    /** Returns false for a call that already waits for its survey. */
    add: (call: CallId): boolean => !since.has(call) && since.set(call, clock.now()).has(call),
    onSurveyed(call: CallId, begunAt: Time, isDone: boolean): void {
      if ((since.get(call) ?? Infinity) > begunAt) return;
      since.delete(call);
      if (!isDone) ring(call);
    },
    forget: (call: CallId) => void since.delete(call),
  };
}

/** The calls of which something may be up at Twilio, as they are now. */
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
    /** Those that could use an agent now, the oldest first. */
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
  /** The same, and reports no failure. */
  retry: (call: CallId, input: Input) => Promise<boolean>;
  inFlight: InFlight;
  onError: (error: unknown, call: CallId) => void;
}

/** What the server remembers of every call outside its record, and what happens by itself: deadlines, surveys, offers. */
export interface FollowUp {
  /** After each saved decision. */
  note(decided: Decided, input: Input): void;
  /** When Twilio last showed a call, or could not; 0 if the call was never surveyed. */
  surveyedAt(call: CallId): Time;
  /** A decision about this call could not be saved: tries again, and surveys the call once that has worked. */
  saveAgain(call: CallId): void;
  /** The last decision about this call could not be saved, and no agent is rung for it until that is tried again. */
  isFailing(call: CallId): boolean;
  /** A call of which something may be up at Twilio, as it is now, from memory. */
  known(call: CallId): CallRecord | undefined;
  /** A call that was live when the server last stopped. */
  takeUp(record: CallRecord): void;
  /** Surveys a call soon, and a few times more. */
  survey(call: CallId): void;
  /** From now on, surveys the calls that live now every few seconds: their callbacks may not arrive. */
  distrustCallbacks: () => void;
  /** A live call as it is now, from memory. */
  current(call: CallId): CallRecord | undefined;
  /** The calls that have not ended, from memory, oldest first. */
  live(): CallRecord[];
  /** True while something of any call may still be up at Twilio. */
  hasCalls(): boolean;
  stop(): void;
}

/** Begins with no call; nothing happens by itself any more after `stop`. */
export function createFollowUp(needs: Needs): FollowUp {
  const { presence, clock, feed, retry, inFlight } = needs;
  const calls = createMemory();
  const deadlinePassed = (): Input => ({ kind: "deadline-passed", at: clock.now() });
  const wake = (call: CallId): void => void feed(call, deadlinePassed());
  const alarm = createAlarm(clock, wake);
  const agentsChanged = (): Input => ({ kind: "agents-changed", at: clock.now() });
  const saving = createSaving(clock, async (call) => {
    if (!calls.known(call) && !needs.store.unsaved(call)) return;
    // Nothing is concluded from the time that has passed while the server was away.
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
    surveyor.heard(record);
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
    takeUp(record) {
      surveyor.takeUp(record.id);
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
