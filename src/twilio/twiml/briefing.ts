import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { CallRecord, Leg } from "../../call/types.ts";
import { type Voice, say, sayWords } from "./sentences.ts";

/** How long a phone may stay without a key, in seconds. An answering machine presses none. */
const WAITS_FOR_KEY = 10;

/**
 * What an outside target hears before joining the conference: that a customer is waiting, the starter's note, and which
 * key takes the call (www.twilio.com/docs/voice/twiml/gather). Twilio requests the `action` also without a key.
 */
export function briefing(call: CallRecord, { label }: Leg, { urls, language }: Voice): string {
  const { note } = call.transfers.find(({ target }) => target === label) ?? {};
  const document = new VoiceResponse();
  const action = urls.briefed(call.id, label);
  const gather = document.gather({
    action,
    method: "POST",
    numDigits: 1,
    timeout: WAITS_FOR_KEY,
    actionOnEmptyResult: true,
  });
  say(gather, language, "briefing");
  if (note !== undefined) sayWords(gather, language, note);
  say(gather, language, "howToTake");
  return document.toString();
}
