import type { Context } from "../context.ts";
import { withPastCalls } from "../control/past-calls.ts";
import { DONE } from "../exit-codes.ts";
import { historyTable } from "../views/history-table.ts";
import { shownNumber } from "../views/shown-numbers.ts";
import { dayAndTime } from "../views/when.ts";
import type { ShowFlags } from "./conferences.ts";

export interface HistoryFlags extends ShowFlags {
  /** Milliseconds since 1970. */
  since?: number;
}

const DAY_MS = 86_400_000;

/** `history` */
export function history(flags: HistoryFlags, context: Context): Promise<number> {
  const { output } = context;
  const since = flags.since ?? Date.now() - DAY_MS;
  return withPastCalls(flags, context, async (past) => {
    const calls = (await past.history(since)).map((call) => shownNumber(call, flags.numbers === true));
    output.event({ since, calls });
    if (calls.length === 0) output.info(`No calls have ended since ${dayAndTime(since)}.`);
    else for (const line of historyTable(calls, output.paint)) output.line(line);
    return DONE;
  });
}
