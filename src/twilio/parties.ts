import type { AgentId, Dialled } from "../call/types.ts";

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

/** A party's address at Twilio: `client:agent1`, `+15550100`, `sip:…` (www.twilio.com/docs/voice/api/call-resource, "To"). */
export async function addressOf(party: Dialled, identityOf: IdentityOf): Promise<string> {
  return party.kind === "agent" ? `client:${await identityOf(party.agent)}` : party.address;
}

/** `number`: digits that a phone can ring. `address`: a SIP address, a browser's name or other text. `withheld`: neither. */
export type CustomerKind = "number" | "address" | "withheld";

/** Texts in place of a caller's number (www.twilio.com/docs/voice/twiml, "From": `anonymous`, `unknown` or other descriptions). */
const DESCRIPTIONS = ["anonymous", "restricted", "unavailable", "unknown", "blocked", "private", "withheld"];

/** Twilio's digits for such a text, as a phone's keys spell it (help.twilio.com/articles/223179988). */
const SPELLED_ON_KEYS = {
  anonymous: "266696687",
  restricted: "7378742833",
  unavailable: "86282452253",
  unknown: "8656696",
  blocked: "2562533",
};

const WITHHELD = new Set(["", ...DESCRIPTIONS, ...Object.values(SPELLED_ON_KEYS)]);
const NUMBER = /^\+?[\d\s().-]*\d[\d\s().-]*$/;

/** @param from the From of Twilio's webhook, or what a record has of it */
export function customerKindOf(from: string): CustomerKind {
  const name =
    from
      .trim()
      .toLowerCase()
      .replace(/^(sips?|client|tel):/, "")
      .split("@")[0] ?? "";
  if (WITHHELD.has(name.replace(/^\+/, ""))) return "withheld";
  return NUMBER.test(from) ? "number" : "address";
}
