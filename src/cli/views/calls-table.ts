import type { CallSummary } from "../../server/control-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { openTransfer, shortNames, transferWords, whoIsIn } from "./call-words.ts";
import { customerWords } from "./shown-numbers.ts";
import { type Column, table } from "./table.ts";
import { timeOf } from "./when.ts";

function colouredState(text: string, { state }: CallSummary, paint: Paint): string {
  if (state === "waiting") return paint.yellow(text);
  return state === "transferring" ? paint.cyan(text) : paint.green(text);
}

/**
 * @param now milliseconds since 1970
 */
export function callsTable(calls: readonly CallSummary[], paint: Paint, now: number): string[] {
  const names = shortNames(calls.map(({ id }) => id));
  const columns: Column<CallSummary>[] = [
    { title: "CALL", text: ({ id }) => names.get(id) ?? id, tint: paint.bold },
    { title: "CUSTOMER", text: customerWords },
    {
      title: "STATE",
      text: ({ state }) => state,
      tint: (text, call) => colouredState(text, call, paint),
    },
    { title: "SINCE", text: ({ startedAt }) => timeOf(startedAt, now) },
    { title: "LASTS", text: ({ startedAt }) => elapsed(now - startedAt) },
    { title: "WHO IS IN", text: whoIsIn },
  ];
  const withTransfer: Column<CallSummary> = {
    title: "TRANSFER",
    text: (call) => {
      const transfer = openTransfer(call);
      return transfer ? transferWords(transfer) : "";
    },
  };
  const wanted = calls.some(openTransfer) ? [...columns, withTransfer] : columns;
  return table(calls, wanted, paint.dim);
}
