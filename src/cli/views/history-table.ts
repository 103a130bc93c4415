import { clean } from "../../mask.ts";
import type { PastCall } from "../../server/past-calls-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { messageWords, shortNames, transferHistory } from "./call-words.ts";
import { customerWords } from "./shown-numbers.ts";
import { table } from "./table.ts";
import { dayAndTime } from "./when.ts";

/** Below the row of its call. */
function messageLine({ message }: PastCall): string[] {
  return message === null ? [] : [`  Message: ${clean(messageWords(message))}`];
}

/** Below the row of their call. */
function transferLines({ transfers, endedAt }: PastCall, paint: Paint): string[] {
  return transfers.flatMap((transfer) => [
    `  ${clean(transferHistory(transfer, endedAt))}`,
    ...(transfer.note === null ? [] : [paint.dim(`  Note: ${clean(transfer.note)}`)]),
  ]);
}

/** Ended calls, newest first, each with its transfers. */
export function historyTable(calls: readonly PastCall[], paint: Paint): string[] {
  const names = shortNames(calls.map(({ id }) => id));
  const [head, ...rows] = table(
    calls,
    [
      { title: "ENDED", text: ({ endedAt }) => dayAndTime(endedAt) },
      { title: "CALL", text: ({ id }) => names.get(id) ?? id, tint: paint.bold },
      { title: "CUSTOMER", text: customerWords },
      { title: "WAITED", text: ({ waitedMs }) => elapsed(waitedMs) },
      { title: "TALKED", text: ({ talkedMs }) => elapsed(talkedMs) },
      { title: "ENDED BY", text: ({ endedBy }) => endedBy.replace("-", " ") },
      { title: "AGENTS", text: ({ agents }) => agents.join(", ") },
    ],
    paint.dim,
  );
  const lines = calls.flatMap((call, index) => [
    rows[index] ?? "",
    ...transferLines(call, paint),
    ...messageLine(call),
  ]);
  return [head ?? "", ...lines];
}
