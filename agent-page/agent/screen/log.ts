import type { StoryEntry } from "../../../src/server/control-api.ts";
import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { customerName } from "./format.ts";
import type { Log } from "./screen.ts";
import { situationOf } from "./situation.ts";
import { whyFailed } from "./transfer-words.ts";

/** The story of this call, or of the last one, in words. */
export function logOf(model: Model, words: Words): Log | null {
  const call = model.view?.call;
  if (!call || call.story.length === 0) return null;
  const situation = situationOf(model);
  const heading = situation === "idle" ? words.log.lastCall : words.log.thisCall;
  const entries = call.story
    .filter((entry) => !isSaidElsewhere(entry, call.story))
    .map((entry) => ({
      key: `${entry.event} ${entry.label} ${entry.at}`,
      at: entry.at,
      text: sentence(entry, words),
    }));
  return { heading, entries };
}

/** Missed calls, newest first; shown between calls. */
export function missedOf(model: Model, words: Words): Log | null {
  const missed = model.view?.missed ?? [];
  if (missed.length === 0 || situationOf(model) !== "idle") return null;
  const entries = missed.map((call) => ({
    key: call.id,
    at: call.rangAt,
    text: `${customerName(call, words)} – ${words.missedBecause[call.reason]}`,
  }));
  return { heading: words.log.missed, entries };
}

/** Entries that another line implies: the dial of a ringing leg, a ringing that a transfer's end stopped. */
const SAID_BY = {
  "agent-dialled": /^agent-ringing$/,
  "agent-not-reached": /^transfer-(cancelled|abandoned)$/,
};

function isSaidElsewhere({ event, label }: StoryEntry, story: readonly StoryEntry[]): boolean {
  const saidBy = SAID_BY[event as keyof typeof SAID_BY] as RegExp | undefined;
  return saidBy !== undefined && story.some((other) => other.label === label && saidBy.test(other.event));
}

function sentence(entry: StoryEntry, words: Words): string {
  const name = entry.agentName ?? words.somebody;
  const phrase: (name: string) => string = words.story[entry.event];
  if (entry.event === "call-ended" && (entry.reason === "operator" || entry.reason === "time-limit"))
    return words.endedBy[entry.reason];
  if (entry.event === "transfer-abandoned" && entry.reason !== "customer")
    return words.endedBeforeTransfer(name);
  const failed = entry.event === "agent-not-reached" && entry.reason !== null && entry.reason in words.failed;
  return failed ? whyFailed(entry.reason, name, words) : phrase(name);
}
