import type { CallView, StoryEntry } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import type { Control } from "../control/control.ts";
import { TIMEOUT_MS, withControl } from "../control/with-control.ts";
import { pickCall } from "../control/pick-call.ts";
import { type Watched, watchCalls } from "../control/watch.ts";
import { DONE } from "../exit-codes.ts";
import { shownCall, shownNumber } from "../views/shown-numbers.ts";
import { createWatchLines } from "../views/watch-lines.ts";
import type { ShowFlags } from "./conferences.ts";

interface WatchFilter {
  /** The Call SID to follow; undefined: all calls. */
  only: string | undefined;
  numbers: boolean;
}

/** Masks numbers and drops other calls; undefined if nothing is left. */
function filterEvent(watched: Watched, { only, numbers }: WatchFilter): Watched | undefined {
  const isWanted = (id: string): boolean => only === undefined || id === only;
  if (watched.event === "snapshot") {
    const calls = watched.data.calls.filter(({ id }) => isWanted(id));
    return { event: "snapshot", data: { calls: calls.map((call) => shownCall(call, numbers)) } };
  }
  if (watched.event === "call")
    return isWanted(watched.data.id) ? { event: "call", data: shownCall(watched.data, numbers) } : undefined;
  return isWanted(watched.data.call)
    ? { event: "story", data: shownNumber(watched.data, numbers) }
    : undefined;
}

/** One flat object, in the sandbox's format. */
function storyObject(call: string, customer: string, { event, at, ...rest }: StoryEntry): object {
  return { event, call, customer, at, ...rest };
}

/** True if a call differs from the last one printed: the view hides some changes. */
function createChangeDetector(): (call: CallView) => boolean {
  const shown = new Map<string, string>();
  return (call) => {
    const text = JSON.stringify(call);
    const isNew = shown.get(call.id) !== text;
    if (call.state === "ended" && call.legs.length === 0) shown.delete(call.id);
    else shown.set(call.id, text);
    return isNew;
  };
}

function createPrinter({ output }: Context, now: () => number) {
  const lines = createWatchLines(output.paint, () => output.terminal?.size().columns);
  const isNew = createChangeDetector();
  return (watched: Watched): void => {
    if (watched.event === "snapshot") {
      output.event({ event: "snapshot", calls: watched.data.calls });
      for (const call of watched.data.calls) output.line(lines.found(call, now()));
    } else if (watched.event === "call") {
      if (isNew(watched.data)) output.event({ event: "call", call: watched.data });
      lines.now(watched.data);
    } else {
      const { call, customerNumber, entry } = watched.data;
      output.event(storyObject(call, customerNumber, entry));
      output.line(lines.entry(watched.data));
    }
  };
}

/** True if the event shows that the followed call has ended. */
const isOver = ({ event, data }: Watched, only: string): boolean =>
  (event === "snapshot" && data.calls.every(({ id }) => id !== only)) ||
  (event === "story" && data.entry.event === "call-ended");

async function follow(
  control: Control,
  following: WatchFilter,
  flags: ShowFlags,
  context: Context,
): Promise<void> {
  const print = createPrinter(context, () => control.now());
  const info = (text: string): void => context.output.info(text);
  const patienceMs = flags.timeout ?? TIMEOUT_MS;
  for await (const watched of watchCalls(control, { signal: context.interrupted, patienceMs, info })) {
    const ours = filterEvent(watched, following);
    if (!ours) continue;
    print(ours);
    if (following.only === undefined || !isOver(ours, following.only)) continue;
    if (ours.event === "snapshot") info("The call has ended.");
    return;
  }
}

/** `conferences watch [CONFERENCE]`: until Ctrl-C, which exits with 0, or until the named call ends. */
export function watchConferences(
  word: string | undefined,
  flags: ShowFlags,
  context: Context,
): Promise<number> {
  return withControl(flags, context, async (control) => {
    const only = word === undefined ? undefined : (await pickCall(control, { word }, context)).id;
    if (only === undefined) context.output.info("Watching all calls. Press Ctrl-C to stop.");
    await follow(control, { only, numbers: flags.numbers === true }, flags, context);
    return DONE;
  }).then((code) => (context.interrupted.aborted ? DONE : code));
}
