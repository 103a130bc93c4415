import type { CallSummary, LegView, TransferView } from "../../server/control-api.ts";

/** What is to be known of a participant besides that it is in the call. */
export function legState({ state, onHold, muted }: LegView): string {
  return [state, onHold ? "on hold" : "", muted ? "muted" : ""].filter(Boolean).join(", ");
}

function legWords(leg: LegView): string {
  const name = leg.kind === "customer" ? "customer" : leg.name;
  const state = legState(leg).replace(/^joined(, )?/, "");
  return state === "" ? name : `${name} (${state})`;
}

/** Who is in a call, the customer first: `customer (on hold) + Agent 1`. */
export const whoIsIn = ({ legs }: CallSummary): string => legs.map(legWords).join(" + ");

/** A transfer in a few words: `Agent 1 → Agent 2, ringing`. */
export function transferWords({ fromName, toName, state, outcome, reason }: TransferView): string {
  const ended = reason === null ? (outcome ?? "ended") : `${outcome} (${reason})`;
  return `${fromName ?? "operator"} → ${toName}, ${state === "ended" ? ended : state}`;
}

/** The transfer in progress. */
export const openTransfer = ({ transfer }: CallSummary): TransferView | undefined =>
  transfer && transfer.state !== "ended" ? transfer : undefined;

const SHORTEST = 6;

/**
 * Short names of calls: the ending of each one's SID, as long as it must be so that no two are the same.
 * @returns the names by call
 */
export function shortNames(ids: readonly string[]): Map<string, string> {
  for (let length = SHORTEST; length < 32; length += 1) {
    const names = new Map(ids.map((id) => [id, id.slice(-length)]));
    if (new Set(names.values()).size === names.size) return names;
  }
  return new Map(ids.map((id) => [id, id]));
}
