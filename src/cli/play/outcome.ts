import type { LiveEvent } from "../live/events.ts";
import { HEARD_DB } from "./hearing.ts";
import type { Check } from "./stage.ts";

/** How a scenario ended; the last line of `--play … --json`. */
export interface OutcomeEvent {
  event: "outcome";
  scenario: string;
  /** How the last transfer ended, as in `failed (busy)`; null if there was none. */
  transfer: string | null;
  /** Whom the customer heard at the last check. */
  customerHears: string[];
  /** True if every check passed. */
  ok: boolean;
  /** Failed checks, in words. */
  problems: string[];
  durationMs: number;
}

export interface Played {
  scenario: string;
  checks: readonly Check[];
  /** Reports in order. */
  events: readonly LiveEvent[];
  /** Why the scenario was cut short; null: it ran to its end. */
  stopped: string | null;
  durationMs: number;
}

function transferIn(events: readonly LiveEvent[]): string | null {
  const ends = events.flatMap((happening) => {
    const [, outcome] = /^transfer-(completed|cancelled|abandoned|failed)$/.exec(happening.event) ?? [];
    if (outcome === undefined || !("reason" in happening)) return [];
    return outcome === "failed" ? `${outcome} (${happening.reason})` : outcome;
  });
  return ends.at(-1) ?? null;
}

function customerHears(checks: readonly Check[]): string[] {
  const last = checks.findLast(({ measured }) => measured.length > 0)?.measured ?? [];
  return last
    .filter(({ listener, speaker, db }) => listener === "customer" && speaker !== listener && db >= HEARD_DB)
    .map(({ speaker }) => speaker);
}

export function outcomeOf({ scenario, checks, events, stopped, durationMs }: Played): OutcomeEvent {
  const problems = checks.flatMap(({ when, problems }) => problems.map((problem) => `${when}: ${problem}`));
  if (stopped !== null) problems.push(stopped);
  if (checks.length === 0) problems.push("the scenario checked nothing");
  return {
    event: "outcome",
    scenario,
    transfer: transferIn(events),
    customerHears: customerHears(checks),
    ok: problems.length === 0,
    problems,
    durationMs,
  };
}

export function outcomeLines({ scenario, ok, problems, durationMs }: OutcomeEvent): string[] {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  if (ok) return [`${scenario}: passed; everyone heard whom they should (${seconds}).`];
  return [`${scenario}: failed (${seconds}).`, ...problems.map((each) => `  ${each}`)];
}
