import { claimDialled, matchClaims } from "./claims.ts";
import { beginCall, decide, unknownCall } from "./decide.ts";
import type { AgentPresence, CallStore, Clock } from "./ports.ts";
import { type TwilioClock, dateInput } from "./twilio-clock.ts";
import type { CallId, CallRecord, Decision, Input, Policy } from "./types.ts";

export interface DecideDeps {
  store: CallStore;
  presence: AgentPresence;
  clock: Clock;
  twilioClock: TwilioClock;
  /** `retryAfter` is milliseconds. */
  settings: Pick<Policy, "ringSeconds" | "retryAfter" | "maxCallMinutes">;
}

function policyOf({ presence, settings }: DecideDeps): Policy {
  return {
    agents: presence.all(),
    free: presence.free(),
    signedIn: presence.signedIn(),
    ringSeconds: settings.ringSeconds,
    retryAfter: settings.retryAfter,
    maxCallMinutes: settings.maxCallMinutes,
  };
}

function decideNow(deps: DecideDeps, id: CallId, before: CallRecord | undefined, input: Input): Decision {
  const [policy, now] = [policyOf(deps), deps.clock.now()];
  if (before) return decide(before, dateInput(input, before, deps.twilioClock), policy, now);
  return input.kind === "customer-called" ? beginCall(input, policy, now) : unknownCall(id, now);
}

/**
 * Loads a call, decides and saves. Free agents are looked up, chosen and taken in one turn, so that two customers never
 * get the same one; if the save fails they are given back.
 */
export async function decideAndSave(
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
