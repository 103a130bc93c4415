import type { Customer } from "../../../src/server/control-api.ts";
import type { Words } from "../words/en.ts";

/** `0:07`, `12:40`, `1:02:03`; a start in the future (clocks differ) is `0:00`. Milliseconds since 1970. */
export function formatDuration(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** An E.164 number with spaces; only North America's is grouped by rule, others by threes and fours from the end. */
export function formatNumber(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american.slice(1).join(" ")}`;
  const japanese = /^\+81(\d{1,2}?)(\d{4})(\d{4})$/.exec(number);
  return japanese ? `+81 ${japanese.slice(1).join(" ")}` : number;
}

/** The customer of a call, as the page names one. */
export function customerName(call: Customer | null, words: Words): string {
  if (!call) return words.unknownCaller;
  return call.customerKind === "withheld" ? words.withheldNumber : formatNumber(call.customerNumber);
}
