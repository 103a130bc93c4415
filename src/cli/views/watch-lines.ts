import type { CallSummary, WatchEvents } from "../../server/control-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { elapsed } from "../live/elapsed.ts";
import { eventLine } from "../live/event-line.ts";
import { storyWords } from "../live/story-words.ts";
import { shortNames, whoIsIn } from "./call-words.ts";
import { customerWords } from "./shown-numbers.ts";
import { timeOf } from "./when.ts";

/** Formats events of the watch stream: time, call, duration, customer, what happened, who is in the call. */
export interface WatchLines {
  /** Keeps the call's state for the story entries that follow. */
  now(call: CallSummary): void;
  /** A line for a call that was live before. */
  found(call: CallSummary, at: number): string;
  entry(story: WatchEvents["story"]): string;
}

/** @param columns of the terminal; undefined: do not wrap */
export function createWatchLines(
  paint: Paint,
  columns: () => number | undefined = () => undefined,
): WatchLines {
  const calls = new Map<string, CallSummary>();
  const line = (id: string, customer: string, at: number, happened: string): string => {
    const call = calls.get(id);
    const lasts = elapsed(at - (call?.startedAt ?? at)).padStart(7);
    const name = paint.bold(shortNames([id]).get(id) ?? id);
    const inside = call && call.endedAt === null ? paint.dim(whoIsIn(call)) : "";
    const head = `${paint.dim(timeOf(at))}  ${name}  ${paint.dim(lasts)}  ${customer.padEnd(9)}  `;
    return eventLine({ head, happened, inside }, columns());
  };
  /** Entries may follow a call's end, but not after its last leg has left and another call has begun. */
  const forgetEnded = (): void => {
    for (const { id, endedAt, legs } of calls.values())
      if (endedAt !== null && legs.length === 0) calls.delete(id);
  };
  return {
    now(call) {
      if (!calls.has(call.id)) forgetEnded();
      calls.set(call.id, call);
    },
    found(call, at) {
      calls.set(call.id, call);
      return line(call.id, customerWords(call), at, `is ${call.state}`);
    },
    entry({ call, entry, ...customer }) {
      return line(call, customerWords(customer), entry.at, storyWords(entry));
    },
  };
}
