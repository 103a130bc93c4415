import type { TransferView } from "../../server/control-api.ts";
import { storyWords } from "../live/story-words.ts";

const asSentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

export type TransferVerb = "start" | "complete" | "bring-together" | "swap" | "cancel";

const IN_PROGRESS: Record<TransferVerb, (transfer: TransferView) => string> = {
  start: ({ toName }) => `${toName} is ringing.`,
  complete: ({ fromName, toName }) =>
    `${fromName ?? "The first agent"} is leaving the customer with ${toName}.`,
  "bring-together": ({ toName }) => `The customer and ${toName} are in one conversation.`,
  swap: ({ toName, isSwapped }) =>
    isSwapped ? `${toName} is on hold; the customer is not.` : `The customer is on hold; ${toName} is not.`,
  cancel: ({ toName }) => `${toName} is no longer in the call.`,
};

/** The outcome of a transfer, or what the command has started. */
export function transferSentence(transfer: TransferView, verb: TransferVerb): string {
  const { to, toName, outcome, reason } = transfer;
  const happened = { agent: to, agentName: toName, reason } as const;
  if (outcome !== null) return asSentence(storyWords({ event: `transfer-${outcome}`, ...happened }));
  return IN_PROGRESS[verb](transfer);
}
