import { DONE, FAILED } from "../exit-codes.ts";
import type { Output } from "../terminal/output.ts";
import type { LiveEvent } from "../live/events.ts";
import { storyWords } from "../live/story-words.ts";
import { hearingTable, whoHearsWhom } from "./hearing-words.ts";
import { type OutcomeEvent, outcomeLines } from "./outcome.ts";
import type { Check, ScenarioEvent } from "./stage.ts";

/** Prints a scenario's progress. */
export interface Reporter {
  liveEvent(happening: LiveEvent): void;
  scenarioEvent(event: ScenarioEvent): void;
}

const MARGIN = " ".repeat(9);

function liveEventWords(happening: LiveEvent): string {
  if (happening.event === "said") return `spoken on the line: “${happening.text}”`;
  if (happening.event === "warning") return `warning ${happening.code}: ${happening.message}`;
  return storyWords(happening);
}

function checkLines({ when, ok, problems, measured }: Check, { paint }: Output): string[] {
  const mark = ok ? paint.green("✓") : paint.red("✗");
  const heard = measured.length > 0 ? `: ${whoHearsWhom(measured)}` : "";
  return [
    `${MARGIN}${mark} ${paint.bold(when)}${heard}`,
    ...hearingTable(measured).map((row) => paint.dim(`${MARGIN}    ${row}`)),
    ...problems.map((problem) => `${MARGIN}    ${paint.red(problem)}`),
  ];
}

/** Without `--json`, times count from now. */
export function createReporter(output: Output): Reporter {
  const began = performance.now();
  const clock = (): string =>
    output.paint.dim(`${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7));
  return {
    liveEvent(happening) {
      output.event(happening);
      // Not the entry's own time, which has whole seconds.
      output.line(`${clock()}  ${liveEventWords(happening)}`);
    },
    scenarioEvent(event) {
      const at = Date.now();
      if (event.kind === "step") {
        output.event({ event: "step", at, text: event.text });
        return output.line(`${clock()}  ${event.text}`);
      }
      output.event({ event: "checked", at, ...event.check, who: whoHearsWhom(event.check.measured) });
      for (const line of checkLines(event.check, output)) output.line(line);
    },
  };
}

/** Prints how a scenario ended. @returns the exit code */
export function reportOutcome(outcome: OutcomeEvent, output: Output): number {
  output.event(outcome);
  const paint = outcome.ok ? output.paint.green : output.paint.red;
  output.line();
  for (const line of outcomeLines(outcome)) output.line(paint(line));
  return outcome.ok ? DONE : FAILED;
}
