import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { customerOf, isOutside, legLimitOf, stayLimitOf } from "../../call/legs.ts";
import type { Announcement } from "../../call/ports.ts";
import { reachedTimeLimit } from "../../call/rules/ending.ts";
import { type CallId, type CallRecord, CUSTOMER, type Leg, type Time } from "../../call/types.ts";
import type { Urls } from "../addresses.ts";
import { CALL_SID } from "../webhooks/form.ts";
import { briefing } from "./briefing.ts";
import { takeMessage } from "./message.ts";
import { hangup, say, sayWords, sentenceAndHangup, sentences, type Voice } from "./sentences.ts";

const EVENTS = ["start", "end", "join", "leave", "mute", "hold", "modify"] as const;

interface Joining extends Pick<Leg, "label" | "endsConference"> {
  /** Seconds; undefined: Twilio's four hours. */
  timeLimit: number | undefined;
  /** How often the customer has come back. */
  stay: number;
}

function joinDocument(
  call: CallId,
  { label, endsConference, timeLimit, stay }: Joining,
  urls: Urls,
): VoiceResponse {
  const document = new VoiceResponse();
  const limit = timeLimit === undefined ? {} : { timeLimit };
  const dial = document.dial({ action: urls.left(call, label, stay), method: "POST", ...limit });
  dial.conference(
    {
      startConferenceOnEnter: label !== CUSTOMER,
      endConferenceOnExit: endsConference,
      participantLabel: label,
      beep: "false",
      waitUrl: urls.wait(stay === 0 ? 0 : "back"),
      waitMethod: "POST",
      statusCallback: urls.conferenceEvents,
      statusCallbackEvent: [...EVENTS],
      statusCallbackMethod: "POST",
    },
    call,
  );
  return document;
}

/** Stands for a call's SID in a document; in no address, and needs no escape in XML. */
const BLANK = "{call}" as CallId;
/** The customers' document around the call's SID: building it anew took a fifth of a new call's time. */
const customersDocument = new WeakMap<Urls, { timeLimit: number | undefined; pieces: string[] }>();

function customerJoins({ id, timeLimit }: CallRecord, urls: Urls): string {
  let known = customersDocument.get(urls);
  if (!known || known.timeLimit !== timeLimit) {
    const joining = { label: CUSTOMER, endsConference: true, timeLimit, stay: 0 };
    known = { timeLimit, pieces: joinDocument(BLANK, joining, urls).toString().split(BLANK) };
    customersDocument.set(urls, known);
  }
  return known.pieces.join(id);
}

/**
 * Puts a leg into its call's conference (www.twilio.com/docs/voice/twiml/conference). The customer waits until an agent
 * starts the conference; the record says whether the leg's exit ends it. Every leg has the status callback,
 * because the first to join sets it. The `action` answers when the conference is over for this leg.
 */
function joinConference(call: CallRecord, leg: Leg, urls: Urls): string {
  const { label, endsConference } = leg;
  const stay = label === CUSTOMER ? (call.returns ?? []).length : 0;
  // Not escaped: the value cannot hold a special character.
  const isUsual = label === CUSTOMER && endsConference && stay === 0 && CALL_SID.test(call.id);
  if (isUsual) return customerJoins(call, urls);
  const timeLimit = label === CUSTOMER ? stayLimitOf(call) : legLimitOf(call);
  return joinDocument(call.id, { label, endsConference, timeLimit, stay }, urls).toString();
}

const mayJoin = (call: CallRecord | undefined, leg: Leg | undefined): boolean =>
  call !== undefined && call.endedAt === null && leg !== undefined && !leg.unwanted && leg.state !== "left";

/** The answer to our number's voice webhook: the customer waits in a conference of their own. */
export function connectCustomer(call: CallRecord | undefined, voice: Voice): string {
  const customer = call?.legs.find((leg) => leg.label === CUSTOMER);
  if (!call || !customer || !mayJoin(call, customer)) return sentenceAndHangup(voice.language, "error");
  return joinConference(call, customer, voice.urls);
}

/**
 * The answer when a dialled party has answered: into the conference, or a sentence when the call no longer wants this
 * leg. Who is no agent hears first what the call is about, unless `isBriefed`.
 */
export function connectDialled(
  call: CallRecord | undefined,
  leg: Leg | undefined,
  voice: Voice,
  { isBriefed = false } = {},
): string {
  if (!call || !leg || !mayJoin(call, leg)) return sentenceAndHangup(voice.language, "callIsOver");
  return isOutside(leg) && !isBriefed ? briefing(call, leg, voice) : joinConference(call, leg, voice.urls);
}

const agentHasJoined = (call: CallRecord): boolean =>
  call.legs.some((leg) => leg.party.kind === "agent" && leg.joinedAt !== null);

/** The customer's leg, if the customer is to come back: an agent's line was lost, and took the conference along. */
function returning(call: CallRecord): Leg | undefined {
  const customer = customerOf(call);
  const isBack = customer?.state !== "left" && customer?.releasedAt === undefined;
  return call.endedAt === null && call.returns && isBack ? customer : undefined;
}

/**
 * Answers the `action` after a leg's conference. The customer comes back, or always hears why the call ends: a closing sentence
 * after a talk, else an apology. Twilio may request it before the callbacks report the end.
 * @param now by our clock
 */
export function afterConference(
  call: CallRecord | undefined,
  label: string,
  voice: Voice,
  now: Time,
): string {
  if (label !== CUSTOMER) return hangup();
  const back = call && returning(call);
  if (call && back) return joinConference(call, back, voice.urls);
  if (call?.endRequested?.takesMessage) return takeMessage(call, voice);
  if (!call || call.endedBy === "error") return sentenceAndHangup(voice.language, "error");
  if (!agentHasJoined(call) || call.endedBy === "no-agent")
    return sentenceAndHangup(voice.language, "nobodyAnswered");
  const isCut = call.endedBy === null ? reachedTimeLimit(call, now) : call.endedBy === "time-limit";
  return sentenceAndHangup(voice.language, isCut ? "timeLimit" : "closing");
}

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
