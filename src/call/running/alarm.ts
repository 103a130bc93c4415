import type { Clock } from "../ports.ts";
import type { CallId, Time } from "../types.ts";

/** One timer for the deadlines of all calls. */
export interface Alarm {
  /** Sets, moves or (null) clears the deadline of a call. */
  set(call: CallId, deadline: Time | null): void;
  stop(): void;
}

/** @param onDue gets each call whose deadline has passed, after the alarm has cleared that deadline */
export function createAlarm(clock: Clock, onDue: (call: CallId) => void): Alarm {
  const deadlines = new Map<CallId, Time>();
  let timer: { at: Time; handle: { cancel(): void } } | undefined;
  let isStopped = false;
  // Clearing a deadline keeps the timer for the others; it may then ring for no call.
  const arm = (at: Time): void => {
    if (isStopped || (timer && timer.at <= at)) return;
    disarm();
    timer = { at, handle: clock.after(Math.max(0, at - clock.now()), ring) };
  };
  const disarm = (): void => {
    timer?.handle.cancel();
    timer = undefined;
  };
  const ring = (): void => {
    timer = undefined;
    const now = clock.now();
    const due = [...deadlines].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
    for (const [call] of due) deadlines.delete(call);
    let next = Infinity;
    for (const at of deadlines.values()) next = Math.min(next, at);
    if (next !== Infinity) arm(next);
    for (const [call] of due) onDue(call);
  };
  return {
    set(call, deadline) {
      if (deadline === null) {
        deadlines.delete(call);
        // Without deadlines, the clock may jump.
        if (deadlines.size === 0) disarm();
      } else {
        deadlines.set(call, deadline);
        arm(deadline);
      }
    },
    stop() {
      isStopped = true;
      disarm();
    },
  };
}
