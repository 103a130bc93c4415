import { type CallRecord, CUSTOMER } from "../../call/types.ts";
import type { Voice } from "./connect.ts";
import { hangup, sentenceAndHangup } from "./sentence.ts";

const agentHasJoined = (call: CallRecord): boolean =>
  call.legs.some((leg) => leg.party.kind === "agent" && leg.joinedAt !== null);

/**
 * The `action` after a leg's conference. The customer always hears why the call ends: a closing sentence after a talk, an
 * apology when nobody answered or something failed. It may be asked before the callbacks have told how the call ended.
 */
export function afterConference(call: CallRecord | undefined, label: string, voice: Voice): string {
  if (label !== CUSTOMER) return hangup();
  if (!call || call.endedBy === "error") return sentenceAndHangup(voice.language, "error");
  return sentenceAndHangup(voice.language, agentHasJoined(call) ? "closing" : "nobodyAnswered");
}
