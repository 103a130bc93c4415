import type { Check } from "./stage.ts";

/** How a scenario ended; the last line of `--play … --json`. */
export interface OutcomeEvent {
  event: "outcome";
  scenario: string;
  /** True when everything was heard as it should be. */
  ok: boolean;
  /** What was not, in words. */
  problems: string[];
  durationMs: number;
}

/** @param stopped why the scenario could not go on; null when it came to its end */
export function outcomeOf(
  scenario: string,
  checks: readonly Check[],
  stopped: string | null,
  durationMs: number,
): OutcomeEvent {
  const problems = checks.flatMap(({ when, problems }) => problems.map((problem) => `${when}: ${problem}`));
  if (stopped !== null) problems.push(stopped);
  if (checks.length === 0) problems.push("nothing was listened to");
  return { event: "outcome", scenario, ok: problems.length === 0, problems, durationMs };
}

/** The outcome in words: one sentence, or everything that was not heard. */
export function outcomeLines({ scenario, ok, problems, durationMs }: OutcomeEvent): string[] {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  if (ok) return [`${scenario}: everything was heard as it should be (${seconds}).`];
  return [
    `${scenario}: not everything was as it should be (${seconds}).`,
    ...problems.map((each) => `  ${each}`),
  ];
}
