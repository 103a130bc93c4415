import type { ReplayReport, ReportedStep } from "../../replay/report.ts";
import type { Paint } from "../terminal/colour.ts";

const TIME = 10;

const clock = (after: number): string => `+${(after / 1000).toFixed(2)} s`.padStart(TIME);

function stepLines(
  { after, what, from, isRecorded, actions, refusal }: ReportedStep,
  paint: Paint,
): string[] {
  const source = paint.dim(`(${from})`);
  const words = isRecorded ? what : paint.yellow(what);
  const indent = " ".repeat(TIME + 2);
  return [
    `${paint.dim(clock(after))}  ${words} ${source}`,
    ...(refusal === null ? [] : [`${indent}${paint.red(`refused: ${refusal}`)}`]),
    ...actions.map(({ what: action, why, isInFile }) => {
      const missing = isInFile ? "" : paint.yellow(" (not in the file)");
      return `${indent}→ ${paint.bold(action)}: ${why}${missing}`;
    }),
  ];
}

function endLines({ calls }: ReplayReport): string[] {
  return calls.flatMap(({ id, endedBy, transfers }) => [
    `Call ${id}: ${endedBy === null ? "not over at the end of the file" : `ended by ${endedBy}`}`,
    ...transfers.map(
      ({ mode, to, outcome }) =>
        `  transfer to ${to ?? "a phone"} (${mode}): ${outcome ?? "open at the end"}`,
    ),
  ]);
}

const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length === 0 ? [] : ["", paint.bold(title), ...lines.map((line) => `  ${line}`)];

/** What the rules decided of a saved call, and why; inputs that changed nothing are only counted. */
export function replayPage(report: ReplayReport, paint: Paint): string[] {
  const { call, emulator, steps, differences, assumptions } = report;
  const news = steps.filter(
    ({ isNews, actions, refusal }) => isNews || actions.length > 0 || refusal !== null,
  );
  const quiet = steps.length - news.length;
  return [
    `Call ${call}, saved by local-twilio ${emulator}`,
    "",
    ...news.flatMap((step) => stepLines(step, paint)),
    ...(quiet === 0 ? [] : [paint.dim(`${" ".repeat(TIME + 2)}${quiet} other inputs changed nothing.`)]),
    ...section("At the end", endLines(report), paint),
    ...section(
      "Compared with the file",
      differences.length === 0
        ? ["Every decision has its request, and every answer is the same."]
        : differences,
      paint,
    ),
    ...section("What the file does not say", assumptions, paint),
  ];
}
