import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { CallRecord } from "../../call/types.ts";
import { type Voice, say, sentenceAndHangup } from "./sentences.ts";

/** Seconds, as in `docs/settings.md`. */
const LONGEST_MESSAGE = 120;
/** Seconds after which a customer has finished speaking, or does not begin. */
const SILENCE = 5;

/**
 * Asks the customer for a message when no agent could take the call
 * (www.twilio.com/docs/voice/twiml/record). After silence, Twilio goes on with the sentence after the verb.
 */
export function takeMessage({ id, message }: CallRecord, { urls, language }: Voice): string {
  // Twilio has asked again.
  if (message) return sentenceAndHangup(language, "messageTaken");
  const document = new VoiceResponse();
  say(document, language, "leaveMessage");
  document.record({
    action: urls.message(id),
    method: "POST",
    maxLength: LONGEST_MESSAGE,
    timeout: SILENCE,
    finishOnKey: "#",
    playBeep: true,
    recordingStatusCallback: urls.recordingEvents(id),
    recordingStatusCallbackMethod: "POST",
  });
  say(document, language, "noMessage");
  document.hangup();
  return document.toString();
}
