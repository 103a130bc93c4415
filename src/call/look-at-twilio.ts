import type { CallStore, Clock, Telephony } from "./ports.ts";
import { isFinished } from "./is-finished.ts";
import type { TwilioClock } from "./twilio-clock.ts";
import type { CallId, Fact } from "./types.ts";

interface Looking {
  store: CallStore;
  telephony: Telephony;
  clock: Clock;
  twilioClock: TwilioClock;
  /** Tells a call what was found; resolves with whether that was saved. */
  feed: (call: CallId, fact: Fact) => Promise<boolean>;
  onError: (error: unknown, call: CallId) => void;
}

/** Asks what Twilio's lists show of a call, and tells the call. Resolves with false if that was not possible now. */
export function createLook({ store, telephony, clock, twilioClock, feed, onError }: Looking) {
  return async (call: CallId): Promise<boolean> => {
    try {
      const record = await store.get(call);
      if (!record || isFinished(record)) return true;
      const at = clock.now();
      const conference = { name: record.id, sid: record.conferenceSid };
      const found = await telephony.survey({ conference, legs: record.legs, at, ahead: twilioClock.ahead() });
      return await feed(call, { kind: "twilio-surveyed", at, found });
    } catch (error) {
      onError(error, call);
      return false;
    }
  };
}
