import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { Addresses } from "../addresses.ts";
import type { Voice } from "./connect.ts";
import { say, sayWords } from "./say.ts";
import { sentences } from "./sentences.ts";

/** After so many times of the music (16 s), a sentence. */
const MUSIC_TIMES = 3;
/** So often in one document: it plays for half an hour, and nobody who waits misses a server that is away for a while. */
const ROUNDS = 40;

type Part = "greeting" | "goOnWaiting" | "holdTheLine";

/** Music with a sentence before each part of it; at the end the next document is asked for. */
function music(parts: readonly Part[], next: string, { addresses, language, greeting }: Voice): string {
  const document = new VoiceResponse();
  for (const part of parts) {
    if (part === "greeting") sayWords(document, language, greeting ?? sentences[language].greeting);
    else say(document, language, part);
    document.play({ loop: MUSIC_TIMES }, addresses.sound);
  }
  document.redirect({ method: "POST" }, next);
  return document.toString();
}

/** Documents that were made already: half an hour of music takes longer to write than everything else of an answer. */
const made = new WeakMap<Addresses, Map<string, string>>();

function once(name: string, { addresses, language, greeting }: Voice, make: () => string): string {
  const documents = made.get(addresses) ?? new Map<string, string>();
  made.set(addresses, documents);
  const key = JSON.stringify([name, language, greeting]);
  const document = documents.get(key) ?? make();
  documents.set(key, document);
  return document;
}

const again = (part: Part, times: number): Part[] => Array.from({ length: times }, () => part);

/**
 * What a waiting customer hears: a greeting, then music, and now and then a sentence. The document asks for the next one at
 * its end, because one that runs out of verbs is followed by silence (www.twilio.com/docs/voice/twiml/conference, "waitUrl").
 * @param round 0 for the first document, which greets
 */
export function waiting(round: number, voice: Voice): string {
  const next = voice.addresses.wait(1);
  const first: Part = round === 0 ? "greeting" : "goOnWaiting";
  return once(first, voice, () => music([first, ...again("goOnWaiting", ROUNDS - 1)], next, voice));
}

/** What somebody on hold hears. */
export function onHold(voice: Voice): string {
  const next = voice.addresses.hold;
  return once("holdTheLine", voice, () => music(again("holdTheLine", ROUNDS), next, voice));
}
