import type { CallSummary, LegView, TransferView } from "../../server/control-api.ts";

/** As in `joined, on hold, muted`. */
export function legState({ state, onHold, muted }: LegView): string {
  return [state, onHold ? "on hold" : "", muted ? "muted" : ""].filter(Boolean).join(", ");
}

function legWords(leg: LegView): string {
  const name = leg.kind === "customer" ? "customer" : leg.name;
  const state = legState(leg).replace(/^joined(, )?/, "");
  return state === "" ? name : `${name} (${state})`;
}

/** The legs, the customer first: `customer (on hold) + Agent 1`. */
export const whoIsIn = ({ legs }: CallSummary): string => legs.map(legWords).join(" + ");

/** As in `Agent 1 → Agent 2, ringing`. */
export function transferWords({ fromName, toName, phase, outcome, reason }: TransferView): string {
  const ended = reason === null ? (outcome ?? "ended") : `${outcome} (${reason})`;
  return `${fromName ?? "operator"} → ${toName}, ${phase === "ended" ? ended : phase}`;
}

/** The transfer in progress. */
export const openTransfer = ({ transfer }: CallSummary): TransferView | undefined =>
  transfer && transfer.phase !== "ended" ? transfer : undefined;

const SHORTEST = 6;

/**
 * The shortest unique endings of the SIDs, of at least six characters.
 * @returns short names by SID
 */
export function shortNames(ids: readonly string[]): Map<string, string> {
  for (let length = SHORTEST; length < 32; length += 1) {
    const names = new Map(ids.map((id) => [id, id.slice(-length)]));
    if (new Set(names.values()).size === names.size) return names;
  }
  return new Map(ids.map((id) => [id, id]));
}
