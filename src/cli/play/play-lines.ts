import type { Output } from "../output.ts";
import type { Happening } from "../live/happenings.ts";
import { storyWords } from "../live/story-words.ts";
import { hearingTable, whoHearsWhom } from "./hearing-words.ts";
import type { Check, Told } from "./stage.ts";

/** Tells a scenario as it goes, for people or for programs. */
export interface Reporter {
  happened(happening: Happening): void;
  told(told: Told): void;
}

const MARGIN = " ".repeat(9);

function happeningWords(happening: Happening): string {
  if (happening.event === "said") return `heard on the line: “${happening.text}”`;
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

/** @param startedAt milliseconds since 1970, from which times are counted for people */
export function createReporter(output: Output, startedAt: number): Reporter {
  const clock = (at: number): string =>
    output.paint.dim(`${(Math.max(0, at - startedAt) / 1000).toFixed(1)} s`.padStart(7));
  return {
    happened(happening) {
      output.event(happening);
      // Not the entry's own time: Twilio's reports have whole seconds.
      output.line(`${clock(Date.now())}  ${happeningWords(happening)}`);
    },
    told(told) {
      const at = Date.now();
      if (told.kind === "step") {
        output.event({ event: "step", at, text: told.text });
        return output.line(`${clock(at)}  ${told.text}`);
      }
      output.event({ event: "checked", at, ...told.check, who: whoHearsWhom(told.check.measured) });
      for (const line of checkLines(told.check, output)) output.line(line);
    },
  };
}
