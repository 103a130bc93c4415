import type { NumberSettings } from "../account/account.ts";
import { createAddresses } from "../addresses.ts";
import { localOrigin } from "../rest/loopback.ts";
import { sentenceAndHangup } from "../twiml/sentence.ts";
import type { Language } from "../twiml/sentences.ts";

export interface PointedLine {
  /** The server's origin, without a trailing slash. */
  publicUrl: string;
  /** Of the apology. */
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
  const addresses = createAddresses(line.publicUrl);
  return {
    voiceUrl: addresses.incoming,
    voiceMethod: "POST",
    voiceFallbackUrl: apology(line),
    voiceFallbackMethod: "GET",
    statusCallback: addresses.numberEvents,
    statusCallbackMethod: "POST",
    voiceApplicationSid: "",
    trunkSid: "",
    voiceReceiveMode: "voice",
  };
}

const INCOMING_PATH = new URL(createAddresses("http://localhost").incoming).pathname;

/** The origin of the warm-transfer server that a voice URL points at. Null: it points elsewhere. */
export function pointedAt({ voiceUrl }: NumberSettings): string | null {
  const url = URL.canParse(voiceUrl) ? new URL(voiceUrl) : undefined;
  return url?.pathname === INCOMING_PATH ? url.origin : null;
}
