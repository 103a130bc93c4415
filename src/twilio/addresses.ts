import type { Announcement } from "../call/ports.ts";
import type { AgentId, CallId, Dialled, Label } from "../call/types.ts";

/** Characters of a client identity (www.twilio.com/docs/voice/twiml/client). */
const LONGEST = 121;

/** Distinguishes successive holders of one agent id; empty for an id that was never removed. */
export type GenerationOf = (agent: AgentId) => Promise<string>;

/**
 * The client identity under which an agent's browser registers and is dialled: `agent1`, or `agent1_3f9c01d2` when the id was removed and added again: an access token cannot be revoked, so the new
 * agent gets an identity that no earlier token is for.
 */
export function clientIdentity(agent: AgentId, generation: string): string {
  if (generation === "") return agent;
  const suffix = `_${generation}`;
  return agent.slice(0, LONGEST - suffix.length) + suffix;
}

/** A party's address at Twilio: `client:agent1`, `+15550100`, `sip:…` (www.twilio.com/docs/voice/api/call-resource, "To"). */
export async function addressOf(party: Dialled, generationOf: GenerationOf): Promise<string> {
  if (party.kind !== "agent") return party.address;
  return `client:${clientIdentity(party.agent, await generationOf(party.agent))}`;
}

/** `number`: digits that a phone can ring. `address`: a SIP address, a browser's name or other text. `withheld`: neither. */
export type CustomerKind = "number" | "address" | "withheld";

/** Texts in place of a caller's number (www.twilio.com/docs/voice/twiml, "From": `anonymous`, `unknown` or other descriptions). */
const DESCRIPTIONS = ["anonymous", "restricted", "unavailable", "unknown", "blocked", "private", "withheld"];

/** Twilio's digits for such a text, as a phone's keys spell it (help.twilio.com/articles/223179988). */
const SPELLED_ON_KEYS = {
  anonymous: "266696687",
  restricted: "7378742833",
  unavailable: "86282452253",
  unknown: "8656696",
  blocked: "2562533",
};

const WITHHELD = new Set(["", ...DESCRIPTIONS, ...Object.values(SPELLED_ON_KEYS)]);
const NUMBER = /^\+?[\d\s().-]*\d[\d\s().-]*$/;

/** @param from the From of Twilio's webhook, or what a record has of it */
export function customerKindOf(from: string): CustomerKind {
  const name =
    from
      .trim()
      .toLowerCase()
      .replace(/^(sips?|client|tel):/, "")
      .split("@")[0] ?? "";
  if (WITHHELD.has(name.replace(/^\+/, ""))) return "withheld";
  return NUMBER.test(from) ? "number" : "address";
}

/**
 * Retries of status callbacks. By default Twilio retries only failed connections, and a lost callback is never sent again
 * (www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). Repeats are harmless. Twilio neither sends nor signs
 * the fragment.
 */
const RETRIED = "#rc=3&rp=ct,rt,5xx";

/**
 * Retries of TwiML requests, for which a caller waits. Twilio allows 15 s for all attempts together. The server answers
 * within 4 s.
 */
const RETRIED_SOON = "#rc=2&ct=4000&rt=5000&rp=ct,rt,5xx";

/** Absolute URLs for Twilio, from the public URL, never from a request's headers. */
export interface Urls {
  /** The number's voice URL. */
  incoming: string;
  connect(call: CallId, label: Label): string;
  /** The `action` after a briefing. */
  briefed(call: CallId, label: Label): string;
  /** The `action` after a leg's `<Dial>`. `stay`: how often a customer had come back before, which Twilio repeats. */
  left(call: CallId, label: Label, stay?: number): string;
  /** The `action` after a customer's message. */
  message(call: CallId): string;
  /** The status callback of its recording. */
  recordingEvents(call: CallId): string;
  /** `round`: 0 for a new caller, 1 for one who has waited long, `back` for one whose agent's line was lost. */
  wait(round: 0 | 1 | "back"): string;
  hold: string;
  announcement(what: Announcement): string;
  sound: string;
  fallback: string;
  conferenceEvents: string;
  callEvents(call: CallId, label: Label): string;
  /** The number's status callback. */
  numberEvents: string;
}

/** @param publicUrl without a trailing slash */
export function createUrls(publicUrl: string): Urls {
  return {
    incoming: `${publicUrl}/conference/connect/client${RETRIED_SOON}`,
    connect: (call, label) => `${publicUrl}/conference/${call}/connect/${label}${RETRIED_SOON}`,
    briefed: (call, label) => `${publicUrl}/conference/${call}/briefed/${label}${RETRIED_SOON}`,
    left: (call, label, stay = 0) =>
      `${publicUrl}/conference/${call}/left/${label}${stay === 0 ? "" : `?stay=${stay}`}${RETRIED_SOON}`,
    message: (call) => `${publicUrl}/conference/${call}/message${RETRIED_SOON}`,
    recordingEvents: (call) => `${publicUrl}/conference/${call}/recording${RETRIED}`,
    wait: (round) => `${publicUrl}/conference/wait${round === 0 ? "" : `?round=${round}`}${RETRIED_SOON}`,
    hold: `${publicUrl}/conference/hold${RETRIED_SOON}`,
    announcement: (what) => `${publicUrl}/conference/announcement?what=${what}${RETRIED_SOON}`,
    sound: `${publicUrl}/sounds/waiting.wav`,
    fallback: `${publicUrl}/fallback${RETRIED_SOON}`,
    conferenceEvents: `${publicUrl}/conference/events${RETRIED}`,
    callEvents: (call, label) => `${publicUrl}/call/events?call=${call}&leg=${label}${RETRIED}`,
    numberEvents: `${publicUrl}/call/events${RETRIED}`,
  };
}

/** Earlier URLs that stay valid; more changes during one call are not supported. */
const KEPT = 20;

/** The server's origin for Twilio, without a trailing slash. It may change during calls. */
export interface PublicUrl {
  current: () => string;
  /** Current and earlier origins, newest first: Twilio still uses earlier ones. */
  known: () => readonly string[];
  /** URLs for Twilio; the same object until the origin changes. */
  urls: () => Urls;
  /** Returns true if the origin changes. */
  change(url: string): boolean;
}

/** @param first the origin at the start */
export function createPublicUrl(first: string): PublicUrl {
  let known = [first];
  let current = first;
  let urls = createUrls(first);
  return {
    current: () => current,
    known: () => known,
    urls: () => urls,
    change(url) {
      if (url === current) return false;
      current = url;
      urls = createUrls(url);
      known = [url, ...known.filter((earlier) => earlier !== url)].slice(0, 1 + KEPT);
      return true;
    },
  };
}
