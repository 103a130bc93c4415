import { AppError } from "../../errors.ts";
import type { CallSettings, Decision } from "../decision.ts";
import type { AgentPresence, CallStore, Clock, Coordinator, Telephony } from "../ports.ts";
import type { Input } from "../inputs.ts";
import type { CallId } from "../types.ts";
import {
  type DecideDeps,
  type Decided,
  KEPT_IN_MEMORY,
  NotSaved,
  createRememberingStore,
  decideAndSave,
} from "./decide-and-save.ts";
import { type FollowUp, createFollowUp } from "./follow-up.ts";
import { type Observer, createListeners, shieldObserver } from "./observer.ts";
import { type Report, createPerformer } from "./perform.ts";
import { createInFlight, createTurns } from "./turns.ts";
import { createTwilioClock } from "./twilio-clock.ts";

/** What a coordinator works with. */
export interface CoordinatorDeps {
  store: CallStore;
  telephony: Telephony;
  presence: AgentPresence;
  clock: Clock;
  settings: CallSettings;
  /** Hears of what failed behind an answer already given: an action at Twilio, a save. */
  onError?: (error: unknown, call: CallId) => void;
  observe?: Observer;
}

/**
 * Returns a function to await before any decision. It takes up the calls that were unfinished when the last server
 * stopped: once, or again if the store could not be read. It throws what the store throws.
 */
function recovery(store: CallStore, followUp: FollowUp): () => Promise<void> {
  let recovered: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    try {
      for (const record of await store.unfinished()) followUp.takeUp(record);
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
 * Twilio may have done what it did not answer to. Somebody who is not found has just left, and the callback is on its way, or
 * Twilio contradicts itself.
 */
const isInDoubt = (error: unknown): boolean => isOf(error, "timeout") || isOf(error, "not-found");

const unlessTold =
  (tell: (error: unknown, call: CallId) => void): typeof tell =>
  (error, call) => {
    if (!(error instanceof AppError && error.code === KEPT_IN_MEMORY)) tell(error, call);
  };

interface TurnParts {
  deciding: DecideDeps;
  followUp: FollowUp;
  listeners: ReturnType<typeof createListeners>;
  observe: Observer;
  /** Does what was decided. */
  act: (decision: Decision) => void;
}

/**
 * Returns the turn of one input of a call: decide, save, act. What cannot be saved is kept in memory and acted on all the same, and
 * the turn fails.
 */
function createTurn({ deciding, followUp, listeners, observe, act }: TurnParts) {
  const follow = (decided: Decided, input: Input): void => {
    const { before, decision } = decided;
    const { record, refusal } = decision;
    observe.input(record.id, input, decision, !refusal && record !== before);
    if (refusal) return;
    followUp.note(decided, input);
    if (record !== before) listeners.tell(record, before);
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

/** One queue per call: load, decide, save, act. What is intended is saved before it is done. */
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

  /** Resolves with whether it was saved; `tell` hears why not. */
  const tried = (call: CallId, input: Input, tell: typeof onError): Promise<boolean> =>
    submit(call, input).then(
      () => true,
      (error: unknown) => {
        tell(error, call);
        return false;
      },
    );
  /** For inputs of our own, whose failure nobody waits to hear of. */
  const feed = (call: CallId, input: Input): Promise<boolean> => tried(call, input, unlessTold(onError));
  /** For what could not be saved before, whose failure is known. */
  const retry = (call: CallId, input: Input): Promise<boolean> => tried(call, input, () => {});
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

  // If the store cannot be read now, the first input tries again and tells.
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
