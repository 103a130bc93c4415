import type { EngineEvent } from "../engine/engine.ts";
import { masked } from "./mask.ts";
import type { Paint } from "./paint.ts";

/** For `--json`: `event` is the kind; numbers are masked. */
export function engineObject({ kind, ...rest }: EngineEvent): object {
  if (!("from" in rest)) return { event: kind === "conference" ? "conference-status" : kind, ...rest };
  return { event: kind, ...rest, from: masked(rest.from), to: masked(rest.to) };
}

type Sentences = { [Kind in EngineEvent["kind"]]: (event: Extract<EngineEvent, { kind: Kind }>) => string };

const SENTENCES: Sentences = {
  "call-status": ({ callSid, from, to, status }) => `${callSid}  ${masked(from)} → ${masked(to)}  ${status}`,
  conference: ({ conferenceSid, event, label, callSid }) =>
    `${conferenceSid}  ${[event, label ?? callSid].filter(Boolean).join("  ")}`,
  message: ({ callSid, to, content, subscriptions }) =>
    `${callSid}  message to the ${to}${subscriptions === 0 ? " without a subscription" : ""} ${content}`,
  said: ({ callSid, text }) => `${callSid}  hears “${text}”`,
  warning: ({ code, message, url }) => `warning ${code}: ${[message, url].filter(Boolean).join(" – ")}`,
};

/** Starts with the time of day. */
export function engineLine(event: EngineEvent, paint: Paint): string {
  const time = new Date(event.at).toTimeString().slice(0, 8);
  // The compiler does not see that the entry's kind is the event's.
  const sentence = (SENTENCES[event.kind] as (event: EngineEvent) => string)(event);
  return `${paint.dim(time)}  ${event.kind === "warning" ? paint.yellow(sentence) : sentence}`;
}
