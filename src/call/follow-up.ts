import { createAlarm } from "./alarm.ts";
import { matchClaims } from "./claims.ts";
import type { InFlight } from "./in-flight.ts";
import { createLook } from "./look-at-twilio.ts";
import type { AgentPresence, CallStore, Clock, Telephony } from "./ports.ts";
import { createSurveyor } from "./surveyor.ts";
import type { TwilioClock } from "./twilio-clock.ts";
import type { CallId, CallRecord, Input } from "./types.ts";
import { createWaitingRoom } from "./waiting-room.ts";

/** A deadline whose decision could not be saved comes again after this time, in ms. */
const SAVE_AGAIN = 1_000;

interface Following {
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

/** What is to be remembered of every call outside its record, and what is to happen by itself later. */
export interface FollowUp {
  /** After each saved decision. */
  note(record: CallRecord): void;
  /** A call that was live when the server was last stopped. */
  takeUp(record: CallRecord): void;
  /** Looks at what Twilio's lists show of a call. */
  look(call: CallId): void;
  doubt: () => void;
  /** Calls whose customer has nobody, longest waiting first. */
  waiting(): CallId[];
  /** True while something of any call may still be up at Twilio. */
  hasCalls(): boolean;
  stop(): void;
}

/** Begins with no call; nothing happens by itself any more after `stop`. */
export function createFollowUp(following: Following): FollowUp {
  const { presence, clock, feed, inFlight } = following;
  const waiting = createWaitingRoom();
  const look = createLook(following);
  const alarm = createAlarm(clock, (call) => void wake(call));
  const wake = async (call: CallId): Promise<void> => {
    const isSaved = await feed(call, { kind: "deadline-passed", at: clock.now() });
    if (!isSaved) alarm.set(call, clock.now() + SAVE_AGAIN);
  };
  const surveyor = createSurveyor(clock, {
    look: (call) => inFlight.track(look(call)),
    onUpToDate: (call) => void wake(call),
  });
  const note = (record: CallRecord): void => {
    surveyor.heard(record);
    alarm.set(record.id, surveyor.isOutOfDate(record.id) ? null : record.deadline);
    waiting.note(record);
    matchClaims(presence, record.id, record);
  };
  return {
    note,
    takeUp(record) {
      surveyor.takeUp(record.id);
      note(record);
    },
    look: (call) => surveyor.ask(call),
    doubt: () => surveyor.doubt(),
    waiting: () => waiting.calls(),
    hasCalls: () => surveyor.hasCalls(),
    stop() {
      alarm.stop();
      surveyor.stop();
    },
  };
}
