import { AppError } from "../../errors.ts";
import type { CallSummary, CallView, StoryEntry, TransferView } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { storyWords } from "../live/story-words.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import type { Control } from "./control.ts";
import { TIMEOUT_MS } from "./with-control.ts";
import { type Watched, watchCalls } from "./watch.ts";

export interface CallTransfer {
  call: CallView;
  transfer: TransferView;
}

const OUTCOMES: Partial<Record<StoryEntry["event"], NonNullable<TransferView["outcome"]>>> = {
  "transfer-completed": "completed",
  "transfer-cancelled": "cancelled",
  "transfer-abandoned": "abandoned",
  "transfer-failed": "failed",
};

/** The outcome of a transfer that a later one has replaced: transfers are numbered, and end in that order. */
function fromStory({ story }: CallView, transfer: TransferView): TransferView {
  const entry = story.filter(({ event }) => event in OUTCOMES)[Number(transfer.id) - 1];
  const outcome = entry ? (OUTCOMES[entry.event] ?? null) : null;
  return {
    ...transfer,
    phase: "ended",
    outcome,
    reason: outcome === "failed" ? (entry?.reason ?? null) : null,
  };
}

const isOpen = (call: CallSummary, { id }: TransferView): boolean =>
  call.transfer?.id === id && call.transfer.phase !== "ended";

/** The call in an event; "other" if the event is about something else, undefined if the call has ended. */
function callIn({ event, data }: Watched, id: string): CallSummary | "other" | undefined {
  if (event === "snapshot") return data.calls.find((call) => call.id === id);
  return event === "call" && data.id === id ? data : "other";
}

/**
 * Follows a transfer by the watch stream until it has its outcome.
 * @param onEntry gets what happens in its call meanwhile
 * @returns undefined when the events end before
 */
export async function followTransfer(
  control: Control,
  events: AsyncIterable<Watched>,
  { id }: CallSummary,
  transfer: TransferView,
  onEntry: (entry: StoryEntry) => void,
): Promise<CallTransfer | undefined> {
  for await (const watched of events) {
    if (watched.event === "story" && watched.data.call === id) onEntry(watched.data.entry);
    const call = callIn(watched, id);
    if (call === "other" || (call && isOpen(call, transfer))) continue;
    const ended = await control.call(id);
    const last = ended.transfer;
    return { call: ended, transfer: last?.id === transfer.id ? last : fromStory(ended, transfer) };
  }
  return undefined;
}

/**
 * Follows a transfer until it has an outcome, and prints the story meanwhile.
 * @throws AppError timeout; InterruptedError
 */
export async function untilOutcome(
  control: Control,
  { call, transfer }: CallTransfer,
  waitMs: number,
  { interrupted, output }: Context,
): Promise<CallTransfer> {
  const late = AbortSignal.timeout(waitMs);
  const info = (text: string): void => output.info(text);
  const watching = { signal: AbortSignal.any([interrupted, late]), patienceMs: TIMEOUT_MS, info };
  const events = watchCalls(control, watching);
  const ended = await followTransfer(control, events, call, transfer, (entry) => info(storyWords(entry)));
  if (ended) return ended;
  const hint = `It continues. To follow it, run warm-transfer conferences watch ${call.id}`;
  if (late.aborted)
    throw new AppError("timeout", `The transfer did not end within ${waitMs / 1000} s.`, { hint });
  info(hint);
  throw new InterruptedError();
}
