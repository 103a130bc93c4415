import type { Action, CallId, Decision, Input } from "./types.ts";

/** Looks on, for logs and figures; changes nothing. */
export interface Observer {
  /** An input was decided, and its decision saved. */
  input(call: CallId, input: Input, decision: Decision): void;
  /** Twilio has taken an action after `ms` milliseconds, or (`error` is set) has not. */
  action(call: CallId, action: Action, error: unknown, ms: number): void;
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
    input: (call, input, decision) => look(call, () => observer.input(call, input, decision)),
    action: (call, action, error, ms) => look(call, () => observer.action(call, action, error, ms)),
  };
}
