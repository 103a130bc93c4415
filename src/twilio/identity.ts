import type { AgentId } from "../call/types.ts";

/** Characters of a client identity (www.twilio.com/docs/voice/twiml/client). */
const LONGEST = 121;

/** Resolves with the client identity under which an agent's browser registers and is dialled. */
export type IdentityOf = (agent: AgentId) => Promise<string>;

/**
 * `agent1`, or `agent1_3f9c01d2` when the id was removed and added again: an access token cannot be revoked, so the new
 * agent gets an identity that no earlier token is for.
 */
export function clientIdentity(agent: AgentId, generation: string): string {
  if (generation === "") return agent;
  const suffix = `_${generation}`;
  return agent.slice(0, LONGEST - suffix.length) + suffix;
}
