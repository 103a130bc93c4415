import { customerOf } from "../../call/legs.ts";
import { reachedTimeLimit } from "../../call/rules/ending.ts";
import { type CallRecord, CUSTOMER, type Leg, type Time } from "../../call/types.ts";
import type { Voice } from "./connect.ts";
import { joinConference } from "./join-conference.ts";
import { hangup, sentenceAndHangup } from "./sentence.ts";

const agentHasJoined = (call: CallRecord): boolean =>
  call.legs.some((leg) => leg.party.kind === "agent" && leg.joinedAt !== null);

/** The customer's leg, if the customer is to come back: an agent's line was lost, and took the conference along. */
function returning(call: CallRecord): Leg | undefined {
  const customer = customerOf(call);
  const isBack = customer?.state !== "left" && customer?.releasedAt === undefined;
  return call.endedAt === null && call.returns && isBack ? customer : undefined;
}

/**
 * Answers the `action` after a leg's conference. The customer comes back, or always hears why the call ends: a closing sentence
 * after a talk, else an apology. Twilio may request it before the callbacks report the end.
 * @param now by our clock
 */
export function afterConference(
  call: CallRecord | undefined,
  label: string,
  voice: Voice,
  now: Time,
): string {
  if (label !== CUSTOMER) return hangup();
  const back = call && returning(call);
  if (call && back) return joinConference(call, back, voice.addresses);
  if (!call || call.endedBy === "error") return sentenceAndHangup(voice.language, "error");
  if (!agentHasJoined(call) || call.endedBy === "no-agent")
    return sentenceAndHangup(voice.language, "nobodyAnswered");
  const isCut = call.endedBy === null ? reachedTimeLimit(call, now) : call.endedBy === "time-limit";
  return sentenceAndHangup(voice.language, isCut ? "timeLimit" : "closing");
}
