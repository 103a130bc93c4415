import type { EngineEvent } from "../../../emulator/engine/engine.ts";
import { maskNumber } from "../../../log.ts";
import type { Paint } from "../../colour.ts";

/** An engine's event as one object for programs: `event` names it, numbers are masked. */
export function engineObject({ kind, ...rest }: EngineEvent): object {
  if (!("from" in rest)) return { event: kind === "conference" ? "conference-status" : kind, ...rest };
  return { event: kind, ...rest, from: maskNumber(rest.from), to: maskNumber(rest.to) };
}

function words(event: EngineEvent, paint: Paint): string {
  switch (event.kind) {
    case "call-status":
      return `${event.callSid}  ${maskNumber(event.from)} → ${maskNumber(event.to)}  ${event.status}`;
    case "conference":
      return `${event.conferenceSid}  ${[event.event, event.label ?? event.callSid].filter(Boolean).join("  ")}`;
    case "said":
      return paint.dim(`${event.callSid}  hears “${event.text}”`);
    case "warning":
      return paint.yellow(`warning ${event.code}: ${[event.message, event.url].filter(Boolean).join(" – ")}`);
  }
}

/** An engine's event as a line for people, with the time of day. */
export function engineLine(event: EngineEvent, paint: Paint): string {
  const time = new Date(event.at).toTimeString().slice(0, 8);
  return `${paint.dim(time)}  ${words(event, paint)}`;
}
