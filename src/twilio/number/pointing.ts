import type { NumberSettings } from "../account/account.ts";
import { createUrls } from "../addresses.ts";
import { localOrigin } from "../rest/client.ts";
import { type Language, sentenceAndHangup } from "../twiml/sentences.ts";
import { type NumberChange, changesBetween } from "./settings.ts";

export interface PointedLine {
  /** The server's origin, without a trailing slash. */
  publicUrl: string;
  /** The language of the apology. */
  language: Language;
  /** A local Twilio; loopback only. Null: the real one. */
  apiBaseUrl: string | null;
}

/** Twilio's service that returns the TwiML in its URL (www.twilio.com/labs/twimlets/echo). */
const ECHO = "https://twimlets.com/echo";

/** Twilio can fetch it while our server is down. */
function apology({ language, apiBaseUrl }: PointedLine): string {
  const echo = apiBaseUrl === null ? ECHO : `${localOrigin(apiBaseUrl)}/echo`;
  return `${echo}?Twiml=${encodeURIComponent(sentenceAndHangup(language, "notAccepted"))}`;
}

/**
 * Settings that send a number's calls to our server, with an apology while it is down. Removes trunk and application, which
 * Twilio would use instead of the URLs.
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export function pointedSettings(line: PointedLine): NumberSettings {
  const urls = createUrls(line.publicUrl);
  return {
    voiceUrl: urls.incoming,
    voiceMethod: "POST",
    voiceFallbackUrl: apology(line),
    voiceFallbackMethod: "GET",
    statusCallback: urls.numberEvents,
    statusCallbackMethod: "POST",
    voiceApplicationSid: "",
    trunkSid: "",
    voiceReceiveMode: "voice",
  };
}

const INCOMING_PATH = new URL(createUrls("http://localhost").incoming).pathname;

/** The origin of the warm-transfer server that a voice URL points at. Null: it points elsewhere. */
export function pointedAt({ voiceUrl }: NumberSettings): string | null {
  const url = URL.canParse(voiceUrl) ? new URL(voiceUrl) : undefined;
  return url?.pathname === INCOMING_PATH ? url.origin : null;
}

/** Settings that override a number's voice URL (www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export type Override =
  | { kind: "trunk"; sid: string }
  | { kind: "application"; sid: string }
  | { kind: "fax"; sid: null };

/** Highest precedence first. */
export function overridesOf(settings: NumberSettings): Override[] {
  const { trunkSid, voiceApplicationSid, voiceReceiveMode } = settings;
  const all: Override[] = [];
  if (trunkSid !== "") all.push({ kind: "trunk", sid: trunkSid });
  if (voiceApplicationSid !== "") all.push({ kind: "application", sid: voiceApplicationSid });
  if (voiceReceiveMode === "fax") all.push({ kind: "fax", sid: null });
  return all;
}

export interface PointingPlan {
  changes: NumberChange[];
  /** Settings that override ours, unless `takeOver` allows to remove them. */
  refusals: Override[];
}

export function planPointing(
  current: NumberSettings,
  wanted: NumberSettings,
  { takeOver }: { takeOver: boolean },
): PointingPlan {
  return { changes: changesBetween(current, wanted), refusals: takeOver ? [] : overridesOf(current) };
}
