import type { Decision } from "../decision.ts";
import type { Input } from "../inputs.ts";
import type { Action, CallId, CallRecord } from "../types.ts";

/** Watches the coordinator, for logs and metrics; changes nothing. */
export interface Observer {
  /** The coordinator has decided about an input and saved the decision; `isNews` if that changed the record. */
  input(call: CallId, input: Input, decision: Decision, isNews: boolean): void;
  /** An action that was decided with `record` has succeeded or (`error` is set) failed after `ms` milliseconds. */
  action(record: CallRecord, action: Action, error: unknown, ms: number): void;
}

type OnError = (error: unknown, call: CallId) => void;

/** Runs `notify`; its errors go to `onError` and never to the call. */
function runShielded(call: CallId, notify: () => void, onError: OnError): void {
  try {
    notify();
  } catch (error) {
    onError(error, call);
  }
}

/** The same observer, whose errors go to `onError`; without one, an observer that does nothing. */
export function shieldObserver(observer: Observer | undefined, onError: OnError): Observer {
  if (!observer) return { input: () => {}, action: () => {} };
  return {
    input: (call, ...seen) => runShielded(call, () => observer.input(call, ...seen), onError),
    action: (record, ...seen) => runShielded(record.id, () => observer.action(record, ...seen), onError),
  };
}

type Listener = (after: CallRecord, before: CallRecord | undefined) => void;

export interface Listeners {
  /** Returns a function that removes the listener. */
  add(listener: Listener): () => void;
  /** Calls each listener with a saved change. */
  notify(after: CallRecord, before: CallRecord | undefined): void;
}

/** @param onError gets the error of a listener; the other listeners still run */
export function createListeners(onError: OnError): Listeners {
  const listeners = new Set<Listener>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    notify(after, before) {
      for (const listener of listeners) runShielded(after.id, () => listener(after, before), onError);
    },
  };
}
