import type { CallSummary, LegView, MessageView, TransferView } from "../../server/control-api.ts";
import type { PastTransfer } from "../../server/past-calls-api.ts";
import { elapsed } from "../live/elapsed.ts";

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

/** As in `Agent 1 → Agent 2, consult, failed (busy)`. */
export function transferWords(transfer: TransferView | PastTransfer): string {
  const { fromName, toName, mode, outcome, reason } = transfer;
  const state = outcome ?? ("phase" in transfer ? transfer.phase : "");
  return `${fromName ?? "operator"} → ${toName}, ${mode}, ${state}${reason === null ? "" : ` (${reason})`}`;
}

/** The same, and how long each phase lasted: `…, completed: ringing 0:04, consulting 1:30`. */
export function transferHistory(transfer: TransferView | PastTransfer, now: number): string {
  const lasted = Object.entries(transfer.phaseSeconds).map(([phase, seconds]) => {
    const isOpen = "phase" in transfer && transfer.phase === phase;
    return [phase, isOpen ? now - transfer.phaseSince : seconds * 1000] as const;
  });
  const times = lasted.flatMap(([phase, ms]) =>
    ms > 0 ? [`${phase} ${elapsed(Math.round(ms / 1000) * 1000)}`] : [],
  );
  return [transferWords(transfer), times.join(", ")].filter(Boolean).join(": ");
}

/** As in `0:12, https://api.twilio.com/…`. */
export const messageWords = ({ seconds, url }: MessageView): string => `${elapsed(seconds * 1000)}, ${url}`;

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
