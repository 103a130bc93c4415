import type { Quirks } from "../quirks.ts";
import type { Turns } from "./turns.ts";

/** A status callback to be sent, with what decides its place among the last reports of a conference. */
export interface Report {
  place: "leave" | "end" | "completed" | null;
  conferenceSid: string | null;
  send(): void;
}

export interface Outbox {
  add(report: Report): void;
  /** Nothing is sent any more. */
  close(): void;
}

const ORDERS: Record<Quirks["endOrder"], readonly Report["place"][]> = {
  "leave-end-completed": ["leave", "end", "completed"],
  "end-leave-completed": ["end", "leave", "completed"],
  "completed-leave-end": ["completed", "leave", "end"],
};

/** Puts the reports of each conference that ended into the order of the quirk; the others keep their places. */
function inOrder(reports: readonly Report[], order: Quirks["endOrder"]): Report[] {
  const ended = new Set(reports.filter((r) => r.place === "end").map((r) => r.conferenceSid));
  const sorted = [...reports];
  for (const sid of ended) {
    const isLast = (r: Report): boolean => r.conferenceSid === sid && r.place !== null;
    const queue = reports
      .filter(isLast)
      .toSorted((a, b) => ORDERS[order].indexOf(a.place) - ORDERS[order].indexOf(b.place));
    sorted.forEach((r, i) => isLast(r) && (sorted[i] = queue.shift() ?? r));
  }
  return sorted;
}

/** Collects what one turn reports and sends it in a later one. */
export function createOutbox(turns: Turns, order: Quirks["endOrder"]): Outbox {
  let batch: Report[] = [];
  let isClosed = false;
  const flush = (): void => {
    const reports = inOrder(batch, order);
    batch = [];
    if (!isClosed) for (const report of reports) report.send();
  };
  return {
    add(report) {
      if (batch.length === 0) turns.later(flush);
      batch.push(report);
    },
    close() {
      isClosed = true;
    },
  };
}
