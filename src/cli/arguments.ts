import { InvalidArgumentError } from "commander";
import { AGENT_ID, E164 } from "../identifiers.ts";

/** A TCP port, 0 for any free one. @throws InvalidArgumentError */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("Pass a port from 0 (any free one) to 65535.");
}

/** Agents' identities, separated by commas; Twilio allows letters, digits and underscores. @throws InvalidArgumentError */
export function parseAgents(text: string): string[] {
  const ids = text.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !AGENT_ID.test(id));
  if (wrong !== undefined)
    throw new InvalidArgumentError(
      `"${wrong}" cannot be an agent: use 1 to 121 letters, digits and underscores, as in agent1,agent2.`,
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new InvalidArgumentError(`${repeated} is listed twice.`);
  return ids;
}

/** A phone number in E.164 form. @throws InvalidArgumentError */
export function parseNumber(text: string): string {
  const number = text.replace(/[\s().-]/g, "");
  if (E164.test(number)) return number;
  throw new InvalidArgumentError("Pass an E.164 number: + and the country code, as in +1 555 000 1111.");
}

/** The address of a voice webhook. @throws InvalidArgumentError */
export function parseWebAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("Pass a URL that starts with http:// or https://.");
}

/** Whom to transfer to: an agent's id, E.164 or a SIP address. @throws InvalidArgumentError */
export function parseTarget(text: string): string {
  if (AGENT_ID.test(text) || E164.test(text) || /^sips?:\S+@\S+$/.test(text)) return text;
  throw new InvalidArgumentError("Pass an agent's id, a phone number in E.164, or a SIP address.");
}

/** An agent's id. @throws InvalidArgumentError */
export function parseAgent(text: string): string {
  if (AGENT_ID.test(text)) return text;
  throw new InvalidArgumentError("An agent's id is 1 to 121 letters, digits and underscores.");
}
