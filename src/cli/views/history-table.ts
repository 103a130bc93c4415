import type { PastCall, PastTransfer } from "../../server/past-calls-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { shortNames } from "./call-words.ts";
import { customerWords } from "./shown-numbers.ts";
import { table } from "./table.ts";
import { dayAndTime } from "./when.ts";

function transferWords({ fromName, toName, outcome, reason }: PastTransfer): string {
  return `${fromName ?? "operator"} → ${toName} ${outcome}${reason === null ? "" : ` (${reason})`}`;
}

/** Ended calls, newest first. */
export function historyTable(calls: readonly PastCall[], paint: Paint): string[] {
  const names = shortNames(calls.map(({ id }) => id));
  return table(
    calls,
    [
      { title: "ENDED", text: ({ endedAt }) => dayAndTime(endedAt) },
      { title: "CALL", text: ({ id }) => names.get(id) ?? id, tint: paint.bold },
      { title: "CUSTOMER", text: customerWords },
      { title: "WAITED", text: ({ waitedMs }) => elapsed(waitedMs) },
      { title: "TALKED", text: ({ talkedMs }) => elapsed(talkedMs) },
      { title: "ENDED BY", text: ({ endedBy }) => endedBy.replace("-", " ") },
      { title: "AGENTS", text: ({ agents }) => agents.join(", ") },
      { title: "TRANSFERS", text: ({ transfers }) => transfers.map(transferWords).join("; ") },
    ],
    paint.dim,
  );
}
