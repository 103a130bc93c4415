import { customerOf, dialledLegs } from "./leg.ts";
import type { CallRecord } from "./types.ts";

/** The call has ended, and as far as we know nothing of it is left at Twilio. */
export function isFinished(record: CallRecord): boolean {
  const conferenceIsOver = record.conferenceEnd !== null || customerOf(record)?.state === "left";
  return record.endedAt !== null && conferenceIsOver && dialledLegs(record).every((leg) => leg.end !== null);
}
