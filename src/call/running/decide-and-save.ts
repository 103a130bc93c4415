import { AppError } from "../../errors.ts";
import type { CallSettings, Decision, Policy } from "../decision.ts";
import type { Input } from "../inputs.ts";
import { agentOf, dialledLegs, legOf } from "../legs.ts";
import type { AgentPresence, CallStore, Clock } from "../ports.ts";
import { beginCall, decide, isCommand, unknownCall } from "../rules/decide.ts";
import type { Action, AgentId, CallId, CallRecord, Time } from "../types.ts";
import { dateInput, type InFlight, type TwilioClock } from "./timing.ts";

/** A store that remembers a record that it could not save, and saves it with the next change of the same call. */
export interface RememberingStore extends CallStore {
  /** Keeps a record that the store could not save. */
  remember(record: CallRecord): void;
  /** The remembered record of a call; undefined if the store has the newest one. */
  unsaved(id: CallId): CallRecord | undefined;
}

/** @param store gets one change of a call at a time, because the coordinator queues them */
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
      // A save that timed out may end after the store has remembered a newer record.
      if (remembered.get(id) === saving) remembered.delete(id);
      return saved;
    },
    remember: (record) => void remembered.set(record.id, record),
    unsaved: (id) => remembered.get(id),
  };
}

/** Claims the agents who are about to ring, in the same turn that found them free. */
function claimDialled(presence: AgentPresence, call: CallId, actions: readonly Action[]): void {
  for (const action of actions)
    if (action.kind === "dial" && action.party.kind === "agent") presence.claim(action.party.agent, call);
}

/**
 * Matches the claims of a call to its legs: a call claims an agent from the dial until the leg's call has ended. Leaving the
 * conference is not enough: a browser that is still in a call silently drops the next one
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

/** What a decision depends on beside the record and the input. */
export interface DecisionNeeds {
  presence: Pick<AgentPresence, "all" | "signedIn">;
  clock: Pick<Clock, "now">;
  settings: CallSettings;
  twilioClock: TwilioClock;
}

export interface DecideDeps extends DecisionNeeds {
  store: RememberingStore;
  presence: AgentPresence;
  clock: Clock;
  /** Facts beside the record. */
  followUp: {
    /** When the last finished survey of a call began; 0 if there was none. */
    surveyedAt(call: CallId): Time;
    /** The last save of the call failed, so it claims no agent: a released one would be offered to it again at once. */
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
  /** The next agent rings as soon as a survey has shown that the customer is still there. */
  ringsAfterSurvey: boolean;
}

/** The decision about one input, with what the rules need beyond the record. */
export function decideNow(
  deps: DecisionNeeds,
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
 * The decision rings an agent after another one did not join, and no survey since then has shown that the customer is still there.
 * The callback of a customer who hung up may be lost; without a survey, agents would ring in turn for no one.
 */
function ringsUnseen({ record, actions }: Decision, surveyedAt: Time): boolean {
  const rings = actions.some(
    (action) => action.kind === "dial" && legOf(record, action.label)?.role === "first",
  );
  return rings && dialledLegs(record).some(({ leftAt }) => leftAt !== null && leftAt > surveyedAt);
}

/** The longest wait for a save, in ms, because the call's other inputs wait for it, too. A new call's save has no limit. */
const SLOW_SAVE = 1_000;

/** @throws AppError if the save takes too long; the save then goes on, and `onError` gets its failure */
function inTime({ clock, inFlight, onError }: DecideDeps, call: CallId, saving: Promise<unknown>) {
  return new Promise<void>((resolve, reject) => {
    const slow = clock.after(SLOW_SAVE, () => {
      inFlight.track(saving).catch((error: unknown) => onError(error, call));
      reject(new AppError("internal", "The store takes too long to save a call.", { code: "store-slow" }));
    });
    saving.then(() => resolve(), reject).finally(() => slow.cancel());
  });
}

/** The present record of a call, from memory. */
const inMemory = ({ store, followUp }: DecideDeps, call: CallId): CallRecord | undefined =>
  store.unsaved(call) ?? followUp.known(call);

/**
 * Decides about a fact while saves fail. Holds and hang-ups need no record, because the next survey shows them. A dial does: after
 * a crash it would be unknown, and a second one would follow. So no agent rings.
 * @returns undefined if nothing changes, and for a command, which is refused
 */
function decideUnsaved(deps: DecideDeps, call: CallId, input: Input): Decided | undefined {
  const before = inMemory(deps, call);
  if (!before || isCommand(input)) return undefined;
  const decision = decideNow(deps, call, before, input, []);
  return decision.record === before ? undefined : { before, decision, ringsAfterSurvey: false };
}

const UNSAVED = "The store cannot save this call now.";

/** The code of an error that only repeats an earlier one, which was reported. */
export const KEPT_IN_MEMORY = "kept-in-memory";

/** The save of a decision failed. `unsaved` is the decision to keep in memory instead, and to save as soon as possible. */
export class NotSaved extends Error {
  readonly unsaved: Decided | undefined;
  constructor(cause: unknown, unsaved: Decided | undefined) {
    super("A decision was not saved.", { cause });
    this.unsaved = unsaved;
  }
}

/** Decides anew without saving. A save in progress may still end; the remembered record then overwrites it. */
function notSaved(deps: DecideDeps, call: CallId, input: Input, cause: unknown): NotSaved {
  const before = inMemory(deps, call);
  matchClaims(deps.presence, call, before);
  if (before && isCommand(input)) deps.store.remember(before);
  return new NotSaved(cause, decideUnsaved(deps, call, input));
}

/**
 * Loads a call, decides and saves. One turn looks up, chooses and claims free agents, so that two customers never get the same one.
 * If the save fails, it releases them. After a failed save, facts of the call stay in memory until the next try.
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
