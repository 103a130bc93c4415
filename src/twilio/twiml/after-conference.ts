import { reachedTimeLimit } from "../../call/rules/ending.ts";
import { type CallRecord, CUSTOMER, type Time } from "../../call/types.ts";
import type { Voice } from "./connect.ts";
import { hangup, sentenceAndHangup } from "./sentence.ts";

const agentHasJoined = (call: CallRecord): boolean =>
  call.legs.some((leg) => leg.party.kind === "agent" && leg.joinedAt !== null);

/**
 * Answers the `action` after a leg's conference. The customer always hears why the call ends: a closing sentence after a talk,
 * else an apology. Twilio may request it before the callbacks report the end.
 * @param now by our clock
 */
export function afterConference(
  call: CallRecord | undefined,
  label: string,
  voice: Voice,
  now: Time,
): string {
  if (label !== CUSTOMER) return hangup();
  if (!call || call.endedBy === "error") return sentenceAndHangup(voice.language, "error");
  if (!agentHasJoined(call)) return sentenceAndHangup(voice.language, "nobodyAnswered");
  const isCut = call.endedBy === null ? reachedTimeLimit(call, now) : call.endedBy === "time-limit";
  return sentenceAndHangup(voice.language, isCut ? "timeLimit" : "closing");
}
