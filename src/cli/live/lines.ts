import type { Paint } from "../terminal/colour.ts";
import { wrapWords } from "../terminal/wrap-words.ts";
import { elapsed } from "./elapsed.ts";
import { eventLine } from "./event-line.ts";
import type { LiveEvent, StoryEvent } from "./events.ts";
import { storyWords } from "./story-words.ts";
import { type PresentNames, applyEntry } from "./present-names.ts";

function coloured(text: string, { event }: StoryEvent, paint: Paint): string {
  if (event === "agent-joined" || event === "transfer-completed") return paint.green(text);
  if (event === "agent-not-reached" || event === "transfer-failed") return paint.red(text);
  if (event === "customer-called" || event.startsWith("transfer-")) return paint.cyan(text);
  return text;
}

interface Call {
  startedAt: number;
  inside: PresentNames;
}

/**
 * Formats events as lines: time since the call began, customer, what happened, who is in the call now.
 * Keeps each call's start and legs.
 * @param columns of the terminal; undefined: do not wrap
 */
export function createLines(
  paint: Paint,
  columns: () => number | undefined = () => undefined,
): (happening: LiveEvent) => string {
  const calls = new Map<string, Call>();

  const storyLine = (entry: StoryEvent): string => {
    const before = calls.get(entry.call) ?? { startedAt: entry.at, inside: new Map() };
    const call = { ...before, inside: applyEntry(before.inside, entry) };
    calls.set(entry.call, call);
    const happened = coloured(storyWords(entry), entry, paint);
    const inside = paint.bold([...call.inside.values()].join(" + "));
    const clock = paint.dim(elapsed(entry.at - call.startedAt).padStart(7));
    const head = `${clock}  ${paint.dim(entry.customer.padEnd(9))}  `;
    return eventLine({ head, happened, inside }, columns());
  };

  return (happening) => {
    if (happening.event === "said")
      return paint.dim(wrapWords(`${" ".repeat(20)}“${happening.text}”`, columns()));
    if (happening.event !== "warning") return storyLine(happening);
    const { code, message, url } = happening;
    return paint.yellow(`warning ${code}: ${message}${url === null ? "" : ` (${url})`}`);
  };
}
