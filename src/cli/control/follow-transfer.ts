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
    return { call: ended, transfer: ended.transfers.find(({ id }) => id === transfer.id) ?? transfer };
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
