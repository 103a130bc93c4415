import { AppError } from "../../errors.ts";
import type { CallView, TransferView } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import { storyWords } from "../live/story-words.ts";
import type { Control } from "./control.ts";
import { followTransfer } from "./follow-transfer.ts";
import { TIMEOUT_MS } from "./operate.ts";
import { watchCalls } from "./watch.ts";

/** A transfer and its call. */
export interface Told {
  call: CallView;
  transfer: TransferView;
}

/**
 * Follows a transfer until it has its outcome, and says what happens meanwhile.
 * @throws AppError timeout when there is no outcome in time; InterruptedError
 */
export async function untilOutcome(
  control: Control,
  { call, transfer }: Told,
  waitMs: number,
  { asked, output }: Context,
): Promise<Told> {
  const late = AbortSignal.timeout(waitMs);
  const say = (text: string): void => output.say(text);
  const watching = { signal: AbortSignal.any([asked, late]), patienceMs: TIMEOUT_MS, say };
  const events = watchCalls(control, watching);
  const ended = await followTransfer(control, events, call, transfer, (entry) => say(storyWords(entry)));
  if (ended) return ended;
  const hint = `It continues. To follow it, run warm-transfer conferences watch ${call.id}`;
  if (late.aborted)
    throw new AppError("timeout", `The transfer did not end within ${waitMs / 1000} s.`, { hint });
  say(hint);
  throw new InterruptedError();
}
