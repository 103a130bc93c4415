import type VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { type Language, type Sentences, sentences } from "./sentences.ts";

/** A voice must speak the language, else the verb fails (www.twilio.com/docs/voice/twiml/say). */
const VOICE = {
  en: { language: "en-US" },
  ja: { language: "ja-JP", voice: "Polly.Mizuki" },
} as const;

/** The builder escapes the text. */
export function sayWords(document: VoiceResponse, language: Language, words: string): void {
  document.say(VOICE[language], words);
}

export function say(document: VoiceResponse, language: Language, sentence: keyof Sentences): void {
  sayWords(document, language, sentences[language][sentence]);
}
