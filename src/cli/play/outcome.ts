import type { Check } from "./stage.ts";

/** How a scenario ended; the last line of `--play … --json`. */
export interface OutcomeEvent {
  event: "outcome";
  scenario: string;
  /** True if every check passed. */
  ok: boolean;
  /** Failed checks, in words. */
  problems: string[];
  durationMs: number;
}

/** @param stopped why the scenario was cut short; null: it ran to its end */
export function outcomeOf(
  scenario: string,
  checks: readonly Check[],
  stopped: string | null,
  durationMs: number,
): OutcomeEvent {
  const problems = checks.flatMap(({ when, problems }) => problems.map((problem) => `${when}: ${problem}`));
  if (stopped !== null) problems.push(stopped);
  if (checks.length === 0) problems.push("the scenario checked nothing");
  return { event: "outcome", scenario, ok: problems.length === 0, problems, durationMs };
}

export function outcomeLines({ scenario, ok, problems, durationMs }: OutcomeEvent): string[] {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  if (ok) return [`${scenario}: passed; everyone heard whom they should (${seconds}).`];
  return [`${scenario}: failed (${seconds}).`, ...problems.map((each) => `  ${each}`)];
}
