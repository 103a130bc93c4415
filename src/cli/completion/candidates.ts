import type { AgentEntry, CallSummary } from "../../server/control-api.ts";
import type { Control } from "../control/control.ts";
import { STATES } from "../views/agents-table.ts";
import { shortNames } from "../views/call-words.ts";
import { customerWords, legName, shownCall } from "../views/shown-numbers.ts";
import type { Described, Kind } from "./complete-words.ts";

const agentWords = (agents: readonly AgentEntry[]): Described[] =>
  agents.map(({ id, name, state }) => ({ word: id, description: `${name}, ${STATES[state]}` }));

/** Short names, or SIDs if a SID was begun. */
function callWords(calls: readonly CallSummary[], current: string): Described[] {
  const names = shortNames(calls.map(({ id }) => id));
  return calls.flatMap((call) => {
    const { id, conferenceSid, state } = call;
    const description = `${customerWords(shownCall(call, false))}, ${state}`;
    const sids = [id, conferenceSid ?? ""].filter((sid) => current !== "" && sid.startsWith(current));
    return (sids.length > 0 ? sids : [names.get(id) ?? id]).map((word) => ({ word, description }));
  });
}

/** Agents' ids, or labels if the word has a hyphen. */
function legWords(calls: readonly CallSummary[], current: string): Described[] {
  const legs = calls.flatMap((call) => shownCall(call, false).legs);
  const described = legs.map((leg) => ({
    word: current.includes("-") ? leg.label : (leg.agent ?? leg.label),
    description: legName(leg),
  }));
  return [...new Map(described.map((each) => [each.word, each])).values()];
}

/**
 * Fetches completion candidates from the running server.
 * @param current the word before the cursor
 */
export async function candidates(control: Control, kind: Kind, current: string): Promise<Described[]> {
  if (kind === "agent") return agentWords(await control.agents());
  const calls = await control.calls();
  if (kind === "conference") return callWords(calls, current);
  const legs = legWords(calls, current);
  return kind === "participant" ? legs : [...legs, ...callWords(calls, current)];
}
