import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { situationOf } from "./situation.ts";

type Failure = keyof Words["failed"];

/** Why `name` is not in the call. An unknown reason is an error. */
export function whyFailed(reason: string | null, name: string, { failed }: Words): string {
  const key: Failure = reason !== null && reason in failed ? (reason as Failure) : "error";
  return failed[key](name);
}

/** For the agent who started it: how the last transfer came to nothing; null when it did not. */
export function failureSentence(model: Model, words: Words): string | null {
  const transfer = model.view?.call?.transfer;
  const isRinging = situationOf(model) === "ringing";
  if (!transfer || isRinging || model.requested?.command === "transfer") return null;
  if (transfer.from !== null && transfer.from !== model.agent?.id) return null;
  if (transfer.outcome === "failed") return whyFailed(transfer.reason, transfer.toName, words);
  return transfer.outcome === "cancelled" ? words.cancelledTransfer(transfer.toName) : null;
}
