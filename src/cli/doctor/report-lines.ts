import type { Paint } from "../terminal/colour.ts";
import type { Finding, State } from "./finding.ts";

const MARKS: Record<State, string> = { ok: "ok", warning: "warning", failure: "failure" };
const INDENT = " ".repeat(10);

function marked(state: State, paint: Paint): string {
  const colour = { ok: paint.green, warning: paint.yellow, failure: paint.red }[state];
  return colour(MARKS[state].padEnd(8));
}

/**
 * A finding as lines: the message, then the hint.
 * @param before the finding above: the same hint is not repeated
 */
export function findingLines(finding: Finding, before: Finding | undefined, paint: Paint): string[] {
  const { check, state, message, hint } = finding;
  const [first, ...more] = message.split("\n");
  const lines = [
    `${marked(state, paint)}  ${paint.bold(check)}: ${first}`,
    ...more.map((line) => `${INDENT}${paint.dim(line)}`),
  ];
  return hint === null || hint === before?.hint ? lines : [...lines, `${INDENT}${paint.cyan(hint)}`];
}

/** How many findings there are of each state: `12 ok, 1 warning, 2 failures`. */
export function summary(findings: readonly Finding[]): string {
  const count = (state: State): number => findings.filter((finding) => finding.state === state).length;
  const plural = (word: string, many: number): string => `${many} ${word}${many === 1 ? "" : "s"}`;
  return `${count("ok")} ok, ${plural("warning", count("warning"))}, ${plural("failure", count("failure"))}`;
}
