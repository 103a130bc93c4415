import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { Voice } from "./connect.ts";
import { say, sayWords } from "./say.ts";
import { sentences } from "./sentences.ts";

/** After so many times of the music, a sentence. */
const SPEAK_EVERY = 3;

/**
 * What a waiting customer hears: a greeting, then music, and now and then a sentence. The document asks for the next one at
 * its end, because one that runs out of verbs is followed by silence (www.twilio.com/docs/voice/twiml/conference, "waitUrl").
 * @param round how often the music has been played
 */
export function waiting(round: number, { addresses, language, greeting }: Voice): string {
  const document = new VoiceResponse();
  if (round === 0) sayWords(document, language, greeting ?? sentences[language].greeting);
  else if (round % SPEAK_EVERY === 0) say(document, language, "goOnWaiting");
  document.play(addresses.sound);
  document.redirect({ method: "POST" }, addresses.wait(round + 1));
  return document.toString();
}

/** What a customer on hold hears. */
export function onHold(round: number, { addresses, language }: Voice): string {
  const document = new VoiceResponse();
  if (round % SPEAK_EVERY === 0) say(document, language, "holdTheLine");
  document.play(addresses.sound);
  document.redirect({ method: "POST" }, addresses.hold(round + 1));
  return document.toString();
}
