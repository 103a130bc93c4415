import { AppError } from "../../errors.ts";
import type { Decision, Policy } from "../decision.ts";
import type { AgentPresence, CallStore, Clock, Coordinator, Telephony } from "../ports.ts";
import { beginCall, decide, unknownCall } from "../rules/decide.ts";
import type { CallId, CallRecord, Fact, Input } from "../types.ts";
import { type FollowUp, claimDialled, createFollowUp, matchClaims } from "./follow-up.ts";
import { type Observer, createListeners, shieldObserver } from "./observer.ts";
import { createPerformer } from "./perform.ts";
import { createInFlight, createTurns } from "./turns.ts";
import { type TwilioClock, createTwilioClock, dateInput } from "./twilio-clock.ts";

/** What a coordinator works with. */
export interface CoordinatorDeps {
  store: CallStore;
  telephony: Telephony;
  presence: AgentPresence;
  clock: Clock;
  /** `retryAfter` is milliseconds. */
  settings: Pick<Policy, "ringSeconds" | "retryAfter" | "maxCallMinutes"> &
    Partial<Pick<Policy, "tutorialFlags">>;
  /** Hears of what failed behind an answer already given: an action at Twilio, a save. */
  onError?: (error: unknown, call: CallId) => void;
  observe?: Observer;
}

type DecideDeps = Pick<CoordinatorDeps, "store" | "presence" | "clock" | "settings"> & {
  twilioClock: TwilioClock;
};

function decideNow(deps: DecideDeps, id: CallId, before: CallRecord | undefined, input: Input): Decision {
  const { presence, settings, clock, twilioClock } = deps;
  const policy: Policy = {
    agents: presence.all(),
    free: presence.free(),
    signedIn: presence.signedIn(),
    ringSeconds: settings.ringSeconds,
    retryAfter: settings.retryAfter,
    maxCallMinutes: settings.maxCallMinutes,
    tutorialFlags: settings.tutorialFlags ?? false,
  };
  const now = clock.now();
  if (before) return decide(before, dateInput(input, before, twilioClock), policy, now);
  return input.kind === "customer-called" ? beginCall(input, policy, now) : unknownCall(id, now);
}

/**
 * Loads a call, decides and saves. Free agents are looked up, chosen and taken in one turn, so that two customers never
 * get the same one; if the save fails they are given back.
 */
async function decideAndSave(
  deps: DecideDeps,
  call: CallId,
  input: Input,
): Promise<{ before: CallRecord | undefined; decision: Decision }> {
  let before: CallRecord | undefined;
  let decision: Decision | undefined;
  try {
    await deps.store.update(call, (current) => {
      before = current;
      decision = decideNow(deps, call, current, input);
      claimDialled(deps.presence, call, decision.actions);
      return decision.refusal ? current : decision.record;
    });
  } catch (error) {
    matchClaims(deps.presence, call, before);
    throw error;
  }
  return { before, decision: decision ?? unknownCall(call, deps.clock.now()) };
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

/** One queue per call: load, decide, save, act. What is intended is saved before it is done. */
export function createCoordinator(deps: CoordinatorDeps): Coordinator {
  const { store, clock, onError = () => {} } = deps;
  const inFlight = createInFlight();
  const inTurn = createTurns();
  const twilioClock = createTwilioClock();
  const listeners = createListeners(onError);
  const observe = shieldObserver(deps.observe, onError);
  const perform = createPerformer(deps.telephony, clock, observe);

  /** For inputs of our own, whose failure nobody waits to hear of. Resolves with whether it was saved. */
  const feed = (call: CallId, input: Input): Promise<boolean> =>
    submit(call, input).then(
      () => true,
      (error: unknown) => {
        onError(error, call);
        return false;
      },
    );
  const followUp = createFollowUp({ ...deps, twilioClock, feed, inFlight, onError });
  const recovered = recovery(store, followUp);

  const report = (call: CallId, fact: Fact, error?: unknown): void => {
    // Somebody who has just left is not found, and that is no trouble: the callback is on its way, or the survey tells.
    const isNotFound = isOf(error, "not-found");
    if (error !== undefined && !isNotFound) onError(error, call);
    void feed(call, fact);
    // Twilio may have done what it did not answer to.
    if (isNotFound || isOf(error, "timeout")) followUp.survey(call);
  };
  const takeTurn = async (call: CallId, input: Input): Promise<Decision> => {
    await recovered();
    const { before, decision } = await decideAndSave({ ...deps, twilioClock }, call, input);
    observe.input(call, input, decision, !decision.refusal && decision.record !== before);
    if (decision.refusal) return decision;
    followUp.note(decision.record);
    if (decision.record !== before) listeners.tell(decision.record, before);
    if (decision.actions.length > 0) void inFlight.track(perform(decision, report));
    return decision;
  };
  const submit = (call: CallId, input: Input): Promise<Decision> =>
    inFlight.track(inTurn(call, () => takeTurn(call, input)));

  // If the store cannot be read now, the first input tries again and tells.
  void inFlight.track(recovered().catch(() => {}));

  return {
    submit,
    get: (call) => store.get(call),
    live: () => recovered().then(() => followUp.live()),
    current: (id) => followUp.current(id),
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
