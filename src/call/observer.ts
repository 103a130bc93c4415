import type { Action, CallId, CallRecord, Decision, Input } from "./types.ts";

/** Looks on, for logs and figures; changes nothing. */
export interface Observer {
  /** An input was decided, and its decision saved; `isNews` when it has changed the record. */
  input(call: CallId, input: Input, decision: Decision, isNews: boolean): void;
  /** Twilio has taken an action that was decided with a record, after `ms` milliseconds, or (`error` is set) has not. */
  action(record: CallRecord, action: Action, error: unknown, ms: number): void;
}

const NOBODY: Observer = { input: () => {}, action: () => {} };

/** An observer whose own mistakes go to `onError` and never to the call. */
export function behindGlass(
  observer: Observer = NOBODY,
  onError: (error: unknown, call: CallId) => void,
): Observer {
  const look = (call: CallId, tell: () => void): void => {
    try {
      tell();
    } catch (error) {
      onError(error, call);
    }
  };
  return {
    input: (call, ...told) => look(call, () => observer.input(call, ...told)),
    action: (record, action, error, ms) => look(record.id, () => observer.action(record, action, error, ms)),
  };
}
