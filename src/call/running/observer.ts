import type { Decision } from "../decision.ts";
import type { Input } from "../inputs.ts";
import type { Action, CallId, CallRecord } from "../types.ts";

/** Sees what the coordinator does, for logs and metrics; changes nothing. */
export interface Observer {
  /** An input was decided, and its decision saved; `isNews` when it has changed the record. */
  input(call: CallId, input: Input, decision: Decision, isNews: boolean): void;
  /** Twilio has taken an action that was decided with a record, after `ms` milliseconds, or (`error` is set) has not. */
  action(record: CallRecord, action: Action, error: unknown, ms: number): void;
}

type OnError = (error: unknown, call: CallId) => void;

/** Calls `tell`; what it throws goes to `onError` and never to the call. */
function shielded(call: CallId, tell: () => void, onError: OnError): void {
  try {
    tell();
  } catch (error) {
    onError(error, call);
  }
}

/** The same observer, whose mistakes go to `onError`. Without an observer, one that does nothing. */
export function shieldObserver(observer: Observer | undefined, onError: OnError): Observer {
  if (!observer) return { input: () => {}, action: () => {} };
  return {
    input: (call, ...seen) => shielded(call, () => observer.input(call, ...seen), onError),
    action: (record, ...seen) => shielded(record.id, () => observer.action(record, ...seen), onError),
  };
}

type Listener = (after: CallRecord, before: CallRecord | undefined) => void;

/** Those who are told of each saved change. */
export interface Listeners {
  /** Returns a function that removes the listener. */
  add(listener: Listener): () => void;
  tell(after: CallRecord, before: CallRecord | undefined): void;
}

/** @param onError gets what a listener throws; the other listeners are told all the same */
export function createListeners(onError: OnError): Listeners {
  const listeners = new Set<Listener>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(after, before) {
      for (const listener of listeners) shielded(after.id, () => listener(after, before), onError);
    },
  };
}
