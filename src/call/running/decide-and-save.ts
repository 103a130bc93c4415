import { AppError } from "../../errors.ts";
import type { CallSettings, Decision, Policy } from "../decision.ts";
import { agentOf, dialledLegs, legOf } from "../legs.ts";
import type { AgentPresence, CallStore, Clock } from "../ports.ts";
import { beginCall, decide, isCommand, unknownCall } from "../rules/decide.ts";
import type { Input } from "../inputs.ts";
import type { Action, AgentId, CallId, CallRecord, Time } from "../types.ts";
import type { InFlight } from "./turns.ts";
import { type TwilioClock, dateInput } from "./twilio-clock.ts";

/** A store of call records that remembers what it could not save, and saves it with the next change of the same call. */
export interface RememberingStore extends CallStore {
  /** What this call has become, and the store could not save. */
  remember(record: CallRecord): void;
  /** What is remembered of a call; undefined when the store has everything. */
  unsaved(id: CallId): CallRecord | undefined;
}

/** @param store its changes of one call come one after another, as the coordinator makes them */
export function createRememberingStore(store: CallStore): RememberingStore {
  const remembered = new Map<CallId, CallRecord>();
  return {
    ...store,
    get: async (id) => remembered.get(id) ?? store.get(id),
    async update(id, change) {
      let saving: CallRecord | undefined;
      const saved = await store.update(id, (current) => {
        saving = remembered.get(id);
        return change(saving ?? current);
      });
      // A save that nobody awaited any more may end after something newer was remembered.
      if (remembered.get(id) === saving) remembered.delete(id);
      return saved;
    },
    remember: (record) => void remembered.set(record.id, record),
    unsaved: (id) => remembered.get(id),
  };
}

/** Takes the agents who are about to be rung, in the same turn in which they were seen to be free. */
function claimDialled(presence: AgentPresence, call: CallId, actions: readonly Action[]): void {
  for (const action of actions)
    if (action.kind === "dial" && action.party.kind === "agent") presence.claim(action.party.agent, call);
}

/**
 * Makes the claims of a call those of its legs: an agent is taken from the dial until the leg's call has ended. Leaving the
 * conference is not enough: a browser that is still in a call drops the next one without a word
 * (`allowIncomingWhileBusy`, www.twilio.com/docs/voice/sdks/javascript/twiliodevice).
 */
export function matchClaims(presence: AgentPresence, call: CallId, record: CallRecord | undefined): void {
  const legs = record ? dialledLegs(record).filter((leg) => leg.end === null) : [];
  const taken = new Set(legs.map(agentOf));
  for (const agent of presence.all()) {
    const holder = presence.callOf(agent);
    if (taken.has(agent) && holder === undefined) presence.claim(agent, call);
    if (!taken.has(agent) && holder === call) presence.release(agent, call);
  }
}

export interface DecideDeps {
  store: RememberingStore;
  presence: AgentPresence;
  clock: Clock;
  settings: CallSettings;
  twilioClock: TwilioClock;
  /** What is known beside the record. */
  followUp: {
    /** When the last survey of a call was begun that has ended; 0 if there was none. */
    surveyedAt(call: CallId): Time;
    /** No agent is claimed for such a call, whose last decision was not saved: one that is given back is offered again at once. */
    isFailing(call: CallId): boolean;
    /** A call as it is now, from memory. */
    known(call: CallId): CallRecord | undefined;
  };
  inFlight: InFlight;
  onError: (error: unknown, call: CallId) => void;
}

export interface Decided {
  before: CallRecord | undefined;
  decision: Decision;
  /** An agent is to be rung as soon as a survey has shown that the customer is still there. */
  ringsAfterSurvey: boolean;
}

function decideNow(
  deps: DecideDeps,
  id: CallId,
  before: CallRecord | undefined,
  input: Input,
  free: readonly AgentId[],
): Decision {
  const { presence, settings, clock, twilioClock } = deps;
  const policy: Policy = {
    ...settings,
    agents: presence.all(),
    free,
    signedIn: presence.signedIn(),
  };
  const now = clock.now();
  if (before) return decide(before, dateInput(input, before, twilioClock), policy, now);
  return input.kind === "customer-called" ? beginCall(input, policy, now) : unknownCall(id, now);
}

/**
 * An agent would be rung after one who did not come, and Twilio has not shown since then that the customer is still there. The
 * report of a customer who hung up may be lost; without a survey, agents would be rung in turn for nobody.
 */
function ringsUnseen({ record, actions }: Decision, surveyedAt: Time): boolean {
  const rings = actions.some(
    (action) => action.kind === "dial" && legOf(record, action.label)?.role === "first",
  );
  return rings && dialledLegs(record).some(({ leftAt }) => leftAt !== null && leftAt > surveyedAt);
}

/** No save is awaited longer, in ms, except that of a new call: others of its inputs wait, and what they ask for. */
const SLOW_SAVE = 1_000;

/** @throws AppError when the save takes too long; it goes on, and its failure is told */
function inTime({ clock, inFlight, onError }: DecideDeps, call: CallId, saving: Promise<unknown>) {
  return new Promise<void>((resolve, reject) => {
    const slow = clock.after(SLOW_SAVE, () => {
      inFlight.track(saving).catch((error: unknown) => onError(error, call));
      reject(new AppError("internal", "The store takes too long to save a call.", { code: "store-slow" }));
    });
    saving.then(() => resolve(), reject).finally(() => slow.cancel());
  });
}

/** A call as it is now, from memory. */
const inMemory = ({ store, followUp }: DecideDeps, call: CallId): CallRecord | undefined =>
  store.unsaved(call) ?? followUp.known(call);

/**
 * What a fact means while nothing can be saved. Twilio shows holds and hang-ups to the next survey, so they may be done without
 * a record; a dial may not, because after a crash nobody would know of it, and a second one would follow. So nobody is rung.
 * @returns undefined if nothing changes, and for a command: it is refused
 */
function decideUnsaved(deps: DecideDeps, call: CallId, input: Input): Decided | undefined {
  const before = inMemory(deps, call);
  if (!before || isCommand(input)) return undefined;
  const decision = decideNow(deps, call, before, input, []);
  return decision.record === before ? undefined : { before, decision, ringsAfterSurvey: false };
}

const UNSAVED = "The store cannot save this call now.";

/** The code of an error that follows another one, which was told. */
export const KEPT_IN_MEMORY = "kept-in-memory";

/** A decision was not saved; `unsaved` is what was decided instead, to be kept in memory, and saved as soon as possible. */
export class NotSaved extends Error {
  readonly unsaved: Decided | undefined;
  constructor(cause: unknown, unsaved: Decided | undefined) {
    super("A decision was not saved.", { cause });
    this.unsaved = unsaved;
  }
}

/** Nothing is saved of what was decided. A save under way may end all the same, and is then overwritten by what is remembered. */
function notSaved(deps: DecideDeps, call: CallId, input: Input, cause: unknown): NotSaved {
  const before = inMemory(deps, call);
  matchClaims(deps.presence, call, before);
  if (before && isCommand(input)) deps.store.remember(before);
  return new NotSaved(cause, decideUnsaved(deps, call, input));
}

/**
 * Loads a call, decides and saves. Free agents are looked up, chosen and taken in one turn, so that two customers never
 * get the same one; if the save fails they are given back. Facts of a call whose last save failed are kept in memory until the
 * next try.
 * @throws NotSaved
 */
export async function decideAndSave(deps: DecideDeps, call: CallId, input: Input): Promise<Decided> {
  const { store, presence, clock, followUp } = deps;
  const isKnown = inMemory(deps, call) !== undefined;
  if (isKnown && !isCommand(input) && followUp.isFailing(call))
    throw notSaved(deps, call, input, new AppError("internal", UNSAVED, { code: KEPT_IN_MEMORY }));
  let before: CallRecord | undefined;
  let decision: Decision | undefined;
  let ringsAfterSurvey = false;
  let isGivenUp = false;
  const saving = store.update(call, (current) => {
    if (isGivenUp) return current;
    before = current;
    const mayRing = isCommand(input) || !followUp.isFailing(call);
    decision = decideNow(deps, call, current, input, mayRing ? presence.free() : []);
    ringsAfterSurvey = ringsUnseen(decision, followUp.surveyedAt(call));
    if (ringsAfterSurvey) decision = decideNow(deps, call, current, input, []);
    claimDialled(presence, call, decision.actions);
    return decision.refusal ? current : decision.record;
  });
  try {
    await (isKnown ? inTime(deps, call, saving) : saving);
  } catch (error) {
    isGivenUp = true;
    throw notSaved(deps, call, input, error);
  }
  return { before, decision: decision ?? unknownCall(call, clock.now()), ringsAfterSurvey };
}
