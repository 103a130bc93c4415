import type { EngineEvent } from "local-twilio";
import { maskAddress, maskNumbers } from "../../../mask.ts";
import type { Paint } from "../../terminal/colour.ts";

/** The developer chose a browser's identity; other addresses are masked. */
const shownEnd = (end: string): string => (end.startsWith("client:") ? maskNumbers(end) : maskAddress(end));

/** For `--json`: `event` is the kind; numbers are masked. */
export function engineObject({ kind, ...rest }: EngineEvent): object {
  if (!("from" in rest)) return { event: kind === "conference" ? "conference-status" : kind, ...rest };
  return { event: kind, ...rest, from: shownEnd(rest.from), to: shownEnd(rest.to) };
}

type Sentences = { [Kind in EngineEvent["kind"]]: (event: Extract<EngineEvent, { kind: Kind }>) => string };

const SENTENCES: Sentences = {
  "call-status": ({ callSid, from, to, status }) =>
    `${callSid}  ${shownEnd(from)} → ${shownEnd(to)}  ${status}`,
  conference: ({ conferenceSid, event, label, callSid }) =>
    `${conferenceSid}  ${[event, label ?? callSid].filter(Boolean).join("  ")}`,
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
