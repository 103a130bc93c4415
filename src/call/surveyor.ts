import { createAlarm } from "./alarm.ts";
import type { Clock } from "./ports.ts";
import { createQueue } from "./queue.ts";
import { type Watch, afterLook, afterNews, alerted, isGivenUp, plainWatch } from "./survey-times.ts";
import { isFinished } from "./is-finished.ts";
import type { CallId, CallRecord } from "./types.ts";

/** So many calls are looked at at the same time: after a restart there may be a thousand, and Twilio answers 429. */
const AT_ONCE = 5;

/** Decides when to look at what Twilio's lists show of a call. */
export interface Surveyor {
  /** Watches a call of which there is news, until nothing is left of it at Twilio. */
  heard(record: CallRecord): void;
  /** The server has been away: what is known of the call may be long out of date. Looks at once. */
  takeUp(call: CallId): void;
  /** Not looked at since the server was away: nothing may be concluded from the time that has passed. */
  isOutOfDate(call: CallId): boolean;
  /** Looks at a call as soon as there is room, and a few times more. */
  ask(call: CallId): void;
  /** The callbacks of all calls that are watched may not reach us. */
  doubt(): void;
  hasCalls(): boolean;
  stop(): void;
}

/** What a surveyor makes happen. */
interface Surveying {
  /** Asks Twilio and tells the call what was found; resolves with false if that was not possible. Never rejects. */
  look: (call: CallId) => Promise<boolean>;
  /** A call that was taken up may be judged by time again. */
  onUpToDate: (call: CallId) => void;
}

/** Watches no call yet; looks at five at a time. */
export function createSurveyor(clock: Clock, { look, onUpToDate }: Surveying): Surveyor {
  const watches = new Map<CallId, Watch>();
  const outOfDate = new Set<CallId>();
  const alarm = createAlarm(clock, (call) => queue.add(call));
  const watchOf = (call: CallId): Watch => watches.get(call) ?? plainWatch;
  const set = (call: CallId, watch: Watch): void => {
    watches.set(call, watch);
    alarm.set(call, watch.due);
  };
  const inDoubt = (): number => [...watches.values()].filter((watch) => watch.isInDoubt).length;

  const queue = createQueue<CallId>(AT_ONCE, async (call) => {
    if (watches.has(call)) set(call, { ...watchOf(call), due: null });
    const isDone = await look(call);
    // Nothing is left of the call.
    if (!watches.has(call)) return;
    const watch = afterLook(
      watchOf(call),
      isDone,
      { watched: watches.size, inDoubt: inDoubt() },
      clock.now(),
    );
    set(call, watch);
    if ((isDone || isGivenUp(watch)) && outOfDate.delete(call)) onUpToDate(call);
  });
  const lookSoon = (call: CallId, watch: Watch): void => {
    set(call, watch);
    queue.add(call);
  };

  return {
    heard(record) {
      if (!isFinished(record))
        return set(record.id, afterNews(watchOf(record.id), watches.size, clock.now()));
      watches.delete(record.id);
      outOfDate.delete(record.id);
      alarm.set(record.id, null);
    },
    takeUp(call) {
      outOfDate.add(call);
      lookSoon(call, alerted(watchOf(call)));
    },
    isOutOfDate: (call) => outOfDate.has(call),
    ask: (call) => lookSoon(call, alerted(watchOf(call))),
    doubt() {
      for (const [call, watch] of watches) lookSoon(call, { ...watch, isInDoubt: true });
    },
    hasCalls: () => watches.size > 0,
    stop() {
      alarm.stop();
      queue.stop();
    },
  };
}
