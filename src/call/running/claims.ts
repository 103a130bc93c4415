import { agentOf, dialledLegs } from "../legs.ts";
import type { AgentPresence } from "../ports.ts";
import type { Action, CallId, CallRecord } from "../types.ts";

/** Takes the agents who are about to be rung, in the same turn in which they were seen to be free. */
export function claimDialled(presence: AgentPresence, call: CallId, actions: readonly Action[]): void {
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
