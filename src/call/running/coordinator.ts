import { AppError } from "../../errors.ts";
import type { CallSettings, Decision } from "../decision.ts";
import type { Input } from "../inputs.ts";
import type { AgentPresence, CallStore, Clock, Coordinator, Observer, Telephony } from "../ports.ts";
import type { CallId, CallRecord } from "../types.ts";
import {
  createRememberingStore,
  decideAndSave,
  type Decided,
  type DecideDeps,
  KEPT_IN_MEMORY,
  NotSaved,
} from "./decide-and-save.ts";
import { createFollowUp, type FollowUp } from "./follow-up.ts";
import { createPerformer, type Report } from "./perform.ts";
import { createInFlight, createTurns, createTwilioClock } from "./timing.ts";

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
function shieldObserver(observer: Observer | undefined, onError: OnError): Observer {
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
function createListeners(onError: OnError): Listeners {
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

export interface CoordinatorDeps {
  store: CallStore;
  telephony: Telephony;
  presence: AgentPresence;
  clock: Clock;
  settings: CallSettings;
  /** Gets failures that come after the server has answered: of an action at Twilio, of a save. */
  onError?: (error: unknown, call: CallId) => void;
  observe?: Observer;
}

/**
 * Returns a function to await before any decision. It recovers the calls that were unfinished when the last server stopped: once,
 * or again if the store could not be read. It throws the store's errors.
 */
function recovery(store: CallStore, followUp: FollowUp): () => Promise<void> {
  let recovered: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    try {
      for (const record of await store.unfinished()) followUp.recover(record);
    } catch (error) {
      recovered = undefined;
      throw error;
    }
  };
  return () => {
    recovered ??= load();
    return recovered;
  };
}

const isOf = (error: unknown, category: AppError["category"]): boolean =>
  error instanceof AppError && error.category === category;

/**
 * After a time-out, Twilio may have carried out the action. A participant that Twilio does not find has just left, and the
 * callback is on its way, or Twilio contradicts itself.
 */
const isInDoubt = (error: unknown): boolean => isOf(error, "timeout") || isOf(error, "not-found");

/** Skips errors that only repeat one that was reported. */
const unlessReported =
  (report: (error: unknown, call: CallId) => void): typeof report =>
  (error, call) => {
    if (!(error instanceof AppError && error.code === KEPT_IN_MEMORY)) report(error, call);
  };

interface TurnParts {
  deciding: DecideDeps;
  followUp: FollowUp;
  listeners: ReturnType<typeof createListeners>;
  observe: Observer;
  act: (decision: Decision) => void;
}

/**
 * Returns the turn of one input of a call: decide, save, act. If the save fails, the turn keeps the decision in memory, still acts
 * on it, and then fails.
 */
function createTurn({ deciding, followUp, listeners, observe, act }: TurnParts) {
  const follow = (decided: Decided, input: Input): void => {
    const { before, decision } = decided;
    const { record, refusal } = decision;
    observe.input(record.id, input, decision, !refusal && record !== before);
    if (refusal) return;
    followUp.note(decided, input);
    if (record !== before) listeners.notify(record, before);
    act(decision);
  };
  const keep = (call: CallId, unsaved: Decided | undefined, input: Input): void => {
    if (unsaved) {
      deciding.store.remember(unsaved.decision.record);
      follow(unsaved, input);
    }
    followUp.saveAgain(call);
  };
  return async (call: CallId, input: Input): Promise<Decision> => {
    try {
      const decided = await decideAndSave(deciding, call, input);
      follow(decided, input);
      return decided.decision;
    } catch (error) {
      if (!(error instanceof NotSaved)) throw error;
      keep(call, error.unsaved, input);
      throw error.cause;
    }
  };
}

/** One queue per call: load, decide, save, act. The coordinator saves an intent before it acts. */
export function createCoordinator(deps: CoordinatorDeps): Coordinator {
  const { onError = () => {} } = deps;
  const store = createRememberingStore(deps.store);
  const inFlight = createInFlight();
  const inTurn = createTurns();
  const twilioClock = createTwilioClock();
  const listeners = createListeners(onError);
  const observe = shieldObserver(deps.observe, onError);
  const current = (call: CallId) => followUp.current(call);
  const perform = createPerformer({ ...deps, observe, known: (call) => followUp.known(call), onError });

  /** Resolves with whether the input was saved; `onFailure` gets the error. */
  const trySubmit = (call: CallId, input: Input, onFailure: typeof onError): Promise<boolean> =>
    submit(call, input).then(
      () => true,
      (error: unknown) => {
        onFailure(error, call);
        return false;
      },
    );
  /** Feeds an input of our own; no caller waits for its failure. */
  const feed = (call: CallId, input: Input): Promise<boolean> =>
    trySubmit(call, input, unlessReported(onError));
  /** Saves again what failed before; that failure has been reported. */
  const retry = (call: CallId, input: Input): Promise<boolean> => trySubmit(call, input, () => {});
  const followUp = createFollowUp({ ...deps, store, twilioClock, feed, retry, inFlight, onError });
  const recovered = recovery(store, followUp);

  const report: Report = (call, fact, error) => {
    if (error !== undefined && !isOf(error, "not-found")) onError(error, call);
    void feed(call, fact);
    if (isInDoubt(error)) followUp.survey(call);
  };
  const act = (decision: Decision): void => {
    if (decision.actions.length > 0) void inFlight.track(perform(decision, report));
  };
  const deciding = { ...deps, store, twilioClock, followUp, inFlight, onError };
  const takeTurn = createTurn({ deciding, followUp, listeners, observe, act });
  const submit = (call: CallId, input: Input): Promise<Decision> =>
    inFlight.track(inTurn(call, () => recovered().then(() => takeTurn(call, input))));

  // If the store cannot be read now, the first input tries again and reports the error.
  void inFlight.track(recovered().catch(() => {}));

  return {
    submit,
    get: (call) => store.get(call),
    live: () => recovered().then(() => followUp.live()),
    current,
    hasCalls: () => followUp.hasCalls(),
    onChange: (listener) => listeners.add(listener),
    distrustCallbacks: () => void inFlight.track(recovered().then(followUp.distrustCallbacks, () => {})),
    idle: () => inFlight.idle(),
    async close() {
      followUp.stop();
      await inFlight.idle();
    },
  };
}
