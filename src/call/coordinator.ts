import { AppError } from "../errors.ts";
import { type DecideDeps, decideAndSave } from "./decide-and-save.ts";
import { createFollowUp } from "./follow-up.ts";
import { createInFlight } from "./in-flight.ts";
import { createListeners } from "./listeners.ts";
import { createLiveCalls } from "./live-calls.ts";
import { createOffers } from "./offer-agents.ts";
import { type Observer, behindGlass } from "./observer.ts";
import { createPerformer } from "./perform.ts";
import type { Coordinator, Telephony } from "./ports.ts";
import { createRecovery } from "./recovery.ts";
import { createTurns } from "./turns.ts";
import { createTwilioClock } from "./twilio-clock.ts";
import type { CallId, Decision, Fact, Input } from "./types.ts";

/** What a coordinator works with. */
export interface CoordinatorDeps extends Omit<DecideDeps, "twilioClock"> {
  telephony: Telephony;
  /** Hears of what failed behind an answer already given: an action at Twilio, a save. */
  onError?: (error: unknown, call: CallId) => void;
  observe?: Observer;
}

/** Twilio may have done what it did not answer to. */
const isInDoubt = (error: unknown): boolean => error instanceof AppError && error.category === "timeout";

type Feed = (call: CallId, input: Input) => Promise<boolean>;

/** For inputs of our own, whose failure nobody waits to hear of. Resolves with whether it was saved. */
function feedTo(submit: Coordinator["submit"], onError: (error: unknown, call: CallId) => void): Feed {
  return async (call, input) => {
    try {
      await submit(call, input);
      return true;
    } catch (error) {
      onError(error, call);
      return false;
    }
  };
}

/** One queue per call: load, decide, save, act. What is intended is saved before it is done. */
export function createCoordinator(deps: CoordinatorDeps): Coordinator {
  const { store, presence, clock, onError = () => {} } = deps;
  const inFlight = createInFlight();
  const inTurn = createTurns();
  const twilioClock = createTwilioClock();
  const listeners = createListeners((error, record) => onError(error, record.id));
  const feedLater: Feed = (...news) => feed(...news);
  const followUp = createFollowUp({ ...deps, twilioClock, feed: feedLater, inFlight, onError });
  const liveCalls = createLiveCalls();
  const recovered = createRecovery(store, [liveCalls, followUp]);

  const observe = behindGlass(deps.observe, onError);
  const perform = createPerformer(deps.telephony, clock, observe);
  const report = (call: CallId, fact: Fact, error?: unknown): void => {
    if (error !== undefined) onError(error, call);
    void feed(call, fact);
    if (isInDoubt(error)) followUp.look(call);
  };
  const takeTurn = async (call: CallId, input: Input): Promise<Decision> => {
    await recovered();
    const { before, decision } = await decideAndSave({ ...deps, twilioClock }, call, input);
    observe.input(call, input, decision, !decision.refusal && decision.record !== before);
    if (decision.refusal) return decision;
    liveCalls.note(decision.record);
    followUp.note(decision.record);
    if (decision.record !== before) listeners.tell(decision.record, before);
    if (decision.actions.length > 0) void inFlight.track(perform(decision, report));
    return decision;
  };
  const submit = (call: CallId, input: Input): Promise<Decision> =>
    inFlight.track(inTurn(call, () => takeTurn(call, input)));

  const feed = feedTo(submit, onError);
  const offerAgents = createOffers({
    hasFreeAgent: () => presence.free().length > 0,
    waiting: () => followUp.waiting(),
    offer: (call) => feed(call, { kind: "agents-changed", at: clock.now() }),
  });
  const stopListening = presence.onChange(() => void inFlight.track(offerAgents()));
  // If the store cannot be read now, the first input tries again and tells.
  void inFlight.track(recovered().catch(() => {}));

  return {
    submit,
    get: (call) => store.get(call),
    live: () => recovered().then(() => liveCalls.all()),
    current: (id) => liveCalls.get(id),
    hasCalls: () => followUp.hasCalls(),
    onChange: (listener) => listeners.add(listener),
    doubt: () => void inFlight.track(recovered().then(followUp.doubt, () => {})),
    idle: () => inFlight.idle(),
    async close() {
      stopListening();
      followUp.stop();
      await inFlight.idle();
    },
  };
}
