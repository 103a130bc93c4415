import { type Language, sentences } from "../twilio/twiml/sentences.ts";

/** What a waiting customer hears first where nobody has written other words. */
export function defaultGreeting(language: Language): string {
  return sentences[language].greeting;
}
