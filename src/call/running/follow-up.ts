import { agentOf, dialledLegs } from "../legs.ts";
import type { AgentPresence, CallStore, Clock, Telephony } from "../ports.ts";
import { isWaiting } from "../rules/waiting.ts";
import type { Action, CallId, CallRecord, Input, Time } from "../types.ts";
import { createAlarm } from "./alarm.ts";
import { createSurveyor } from "./surveyor.ts";
import type { InFlight } from "./turns.ts";
import type { TwilioClock } from "./twilio-clock.ts";

/** Takes the agents who are about to be rung, in the same turn in which they were seen to be free. */
export function claimDialled(presence: AgentPresence, call: CallId, actions: readonly Action[]): void {
  for (const action of actions) if (action.kind === "dial") presence.claim(action.agent, call);
}

/**
 * Makes the claims of a call those of its legs: an agent is taken from the dial until the leg's call has ended. Leaving the
 * conference is not enough: a browser that is still in a call drops the next one without a word
 * (`allowIncomingWhileBusy`, www.twilio.com/docs/voice/sdks/javascript/twiliodevice).
 */
export function matchClaims(presence: AgentPresence, call: CallId, record: CallRecord | undefined): void {
  const legs = record ? dialledLegs(record).filter((leg) => leg.end === null) : [];
  const taken = new Set(legs.map(agentOf));
  for (const agent of presence.all()) {
    const holder = presence.callOf(agent);
    if (taken.has(agent) && holder === undefined) presence.claim(agent, call);
    if (!taken.has(agent) && holder === call) presence.release(agent, call);
  }
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
  note(record: CallRecord): void;
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
  const surveyor = createSurveyor({ ...needs, onUpToDate: (call) => void wake(call) });
  const note = (record: CallRecord): void => {
    const { id } = record;
    if (record.endedAt === null) live.set(id, record);
    else live.delete(id);
    if (isWaiting(record)) waitingSince.set(id, record.startedAt);
    else waitingSince.delete(id);
    surveyor.heard(record);
    alarm.set(id, surveyor.isOutOfDate(id) ? null : record.deadline);
    matchClaims(presence, id, record);
  };
  return {
    note,
    takeUp(record) {
      surveyor.takeUp(record.id);
      note(record);
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
