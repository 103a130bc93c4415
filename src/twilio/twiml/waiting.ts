import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { Announcement } from "../../call/ports.ts";
import type { Urls } from "../urls.ts";
import { type Voice, say, sayWords, sentences } from "./sentences.ts";

/** Rounds of music (16 s each) between two sentences. */
const MUSIC_TIMES = 3;
/** Sentences in one document, which plays for half an hour. A customer does not notice a server that is away meanwhile. */
const ROUNDS = 40;

type Part = "greeting" | "goOnWaiting" | "interrupted" | "holdTheLine";

/** Alternates sentences and music, then redirects to the next document. */
function music(parts: readonly Part[], next: string, { urls, language, greeting }: Voice): string {
  const document = new VoiceResponse();
  for (const part of parts) {
    if (part === "greeting") sayWords(document, language, greeting ?? sentences[language].greeting);
    else say(document, language, part);
    document.play({ loop: MUSIC_TIMES }, urls.sound);
  }
  document.redirect({ method: "POST" }, next);
  return document.toString();
}

/** Cached, because building half an hour of music takes longer than the rest of a response. */
const made = new WeakMap<Urls, Map<string, string>>();

function once(name: string, { urls, language, greeting }: Voice, make: () => string): string {
  const documents = made.get(urls) ?? new Map<string, string>();
  made.set(urls, documents);
  const key = JSON.stringify([name, language, greeting]);
  const document = documents.get(key) ?? make();
  documents.set(key, document);
  return document;
}

const again = (part: Part, times: number): Part[] => Array.from({ length: times }, () => part);

/** How a document begins, by its round. */
const FIRST: Readonly<Record<string, Part>> = { "0": "greeting", back: "interrupted" };

/**
 * Plays a greeting, then music with sentences in between. Redirects to the next document at its end, because silence follows
 * a document without further verbs (www.twilio.com/docs/voice/twiml/conference, "waitUrl").
 * @param round as in the address; others are like 1
 */
export function waiting(round: string, voice: Voice): string {
  const next = voice.urls.wait(1);
  const first = FIRST[round] ?? "goOnWaiting";
  return once(first, voice, () => music([first, ...again("goOnWaiting", ROUNDS - 1)], next, voice));
}

/** About nine seconds: a longer one would go on while the customer talks to the next agent. */
export function announcement(what: Announcement, { language }: Voice): string {
  const document = new VoiceResponse();
  if (what === "agent-in-doubt") say(document, language, "agentInDoubt");
  else {
    say(document, language, "holdTheLine");
    document.pause({ length: 1 });
    say(document, language, "goOnWaiting");
  }
  return document.toString();
}

/** Played to a participant on hold. */
export function onHold(voice: Voice): string {
  const next = voice.urls.hold;
  return once("holdTheLine", voice, () => music(again("holdTheLine", ROUNDS), next, voice));
}
