import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { say } from "./say.ts";
import type { Language, Sentences } from "./sentences.ts";

/** A document that says one sentence and hangs up. */
export function sentenceAndHangup(language: Language, sentence: keyof Sentences): string {
  const document = new VoiceResponse();
  say(document, language, sentence);
  document.hangup();
  return document.toString();
}

/** A document that hangs up. */
export function hangup(): string {
  const document = new VoiceResponse();
  document.hangup();
  return document.toString();
}
