import type { CallSettings, Decision, Policy } from "../decision.ts";
import { dialledLegs, legOf } from "../legs.ts";
import type { AgentPresence, CallStore, Clock } from "../ports.ts";
import { beginCall, decide, unknownCall } from "../rules/decide.ts";
import type { AgentId, CallId, CallRecord, Input, Time } from "../types.ts";
import { claimDialled, matchClaims } from "./claims.ts";
import { type TwilioClock, dateInput } from "./twilio-clock.ts";

export interface DecideDeps {
  store: CallStore;
  presence: AgentPresence;
  clock: Clock;
  settings: CallSettings;
  twilioClock: TwilioClock;
  /** When the last survey of a call was begun that has ended; 0 if there was none. */
  surveyedAt: (call: CallId) => Time;
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

/**
 * Loads a call, decides and saves. Free agents are looked up, chosen and taken in one turn, so that two customers never
 * get the same one; if the save fails they are given back.
 */
export async function decideAndSave(deps: DecideDeps, call: CallId, input: Input): Promise<Decided> {
  const { store, presence, surveyedAt } = deps;
  let before: CallRecord | undefined;
  let decision: Decision | undefined;
  let ringsAfterSurvey = false;
  try {
    await store.update(call, (current) => {
      before = current;
      decision = decideNow(deps, call, current, input, presence.free());
      ringsAfterSurvey = ringsUnseen(decision, surveyedAt(call));
      if (ringsAfterSurvey) decision = decideNow(deps, call, current, input, []);
      claimDialled(presence, call, decision.actions);
      return decision.refusal ? current : decision.record;
    });
  } catch (error) {
    matchClaims(presence, call, before);
    throw error;
  }
  return { before, decision: decision ?? unknownCall(call, deps.clock.now()), ringsAfterSurvey };
}
