import { hungUpBeforeJoining, legOf } from "../legs.ts";
import type { AgentPresence, CallStore, Clock, Telephony } from "../ports.ts";
import { isWaiting } from "../rules/waiting.ts";
import type { CallId, CallRecord, Input, Time } from "../types.ts";
import { createAlarm } from "./alarm.ts";
import { matchClaims } from "./claims.ts";
import type { Decided } from "./decide-and-save.ts";
import { createSurveyor } from "./surveyor.ts";
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

/** A deadline whose decision could not be saved comes again after this time, in ms. */
const SAVE_AGAIN = 1_000;

interface Needs {
  store: CallStore;
  telephony: Telephony;
  presence: AgentPresence;
  clock: Clock;
  twilioClock: TwilioClock;
  /** Feeds an input of our own to a call; resolves with whether it was saved. */
  feed: (call: CallId, input: Input) => Promise<boolean>;
  inFlight: InFlight;
  onError: (error: unknown, call: CallId) => void;
}

/** What the server remembers of every call outside its record, and what happens by itself: deadlines, surveys, offers. */
export interface FollowUp {
  /** After each saved decision. */
  note(decided: Decided, input: Input): void;
  /** When Twilio last showed a call, or could not; 0 if the call was never surveyed. */
  surveyedAt(call: CallId): Time;
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
  const { presence, clock, feed, inFlight } = needs;
  const live = new Map<CallId, CallRecord>();
  const waitingSince = new Map<CallId, Time>();
  const alarm = createAlarm(clock, (call) => void wake(call));
  const wake = async (call: CallId): Promise<void> => {
    const isSaved = await feed(call, { kind: "deadline-passed", at: clock.now() });
    if (!isSaved) alarm.set(call, clock.now() + SAVE_AGAIN);
  };
  const offerAgents = createOffers({
    hasFreeAgent: () => presence.free().length > 0,
    waiting: () => [...waitingSince].sort(([, a], [, b]) => a - b).map(([call]) => call),
    offer: (call) => feed(call, { kind: "agents-changed", at: clock.now() }),
  });
  const stopListening = presence.onChange(() => void inFlight.track(offerAgents()));
  /** Calls for which an agent is rung after a survey that begins at this time or later. */
  const ringsAfterSurvey = new Map<CallId, Time>();
  const onSurveyed = (call: CallId, isDone: boolean): void => {
    if ((ringsAfterSurvey.get(call) ?? Infinity) > surveyor.surveyedAt(call)) return;
    ringsAfterSurvey.delete(call);
    // Better to ring an agent for nobody than to let a customer wait.
    if (!isDone) void feed(call, { kind: "agents-changed", at: clock.now() });
  };
  const surveyor = createSurveyor({ ...needs, onUpToDate: (call) => void wake(call), onSurveyed });
  const keep = (record: CallRecord): void => {
    const { id } = record;
    if (record.endedAt === null) live.set(id, record);
    else live.delete(id);
    if (isWaiting(record)) waitingSince.set(id, record.startedAt);
    else waitingSince.delete(id);
    surveyor.heard(record);
    alarm.set(id, surveyor.isOutOfDate(id) ? null : record.deadline);
    matchClaims(presence, id, record);
    if (record.endedAt !== null) ringsAfterSurvey.delete(id);
  };
  return {
    note({ before, decision: { record }, ringsAfterSurvey: isHeldBack }, input) {
      keep(record);
      if (before && record.endedAt === null && isDoubtful(before, record, input)) surveyor.ask(record.id);
      if (!isHeldBack || ringsAfterSurvey.has(record.id)) return;
      ringsAfterSurvey.set(record.id, clock.now());
      surveyor.askOnce(record.id);
    },
    surveyedAt: (call) => surveyor.surveyedAt(call),
    takeUp(record) {
      surveyor.takeUp(record.id);
      keep(record);
    },
    survey: (call) => surveyor.ask(call),
    distrustCallbacks: () => surveyor.distrustCallbacks(),
    current: (id) => live.get(id),
    live: () => [...live.values()].sort((a, b) => a.startedAt - b.startedAt),
    hasCalls: () => surveyor.hasCalls(),
    stop() {
      stopListening();
      alarm.stop();
      surveyor.stop();
    },
  };
}
