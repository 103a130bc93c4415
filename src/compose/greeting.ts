import { type Language, sentences } from "../twilio/twiml/sentences.ts";

/** The greeting of waiting customers, unless the settings have another. */
export function defaultGreeting(language: Language): string {
  return sentences[language].greeting;
}
