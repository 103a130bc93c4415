import type { NumberSettings } from "../account/account.ts";
import { createAddresses } from "../addresses.ts";
import { localOrigin } from "../rest/loopback.ts";
import { sentenceAndHangup } from "../twiml/sentence.ts";
import type { Language } from "../twiml/sentences.ts";

export interface PointedLine {
  /** Where Twilio reaches the server, without a trailing slash. */
  publicUrl: string;
  /** Of the apology. */
  language: Language;
  /** A local Twilio in place of Twilio's own services; loopback only. Null: the real ones. */
  apiBaseUrl: string | null;
}

/** Twilio's service that answers with the TwiML that stands in its address (www.twilio.com/labs/twimlets/echo). */
const ECHO = "https://twimlets.com/echo";

/** An apology that needs no server of ours. */
function apology({ language, apiBaseUrl }: PointedLine): string {
  const echo = apiBaseUrl === null ? ECHO : `${localOrigin(apiBaseUrl)}/echo`;
  return `${echo}?Twiml=${encodeURIComponent(sentenceAndHangup(language, "notAccepted"))}`;
}

/**
 * What a number has to have so that its calls come to us, and hear an apology when we do not answer. Neither trunk nor
 * application: they would be used in place of the addresses.
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

/** The server that a number's voice URL points at, if it is one of ours: its scheme and host. */
export function pointedAt({ voiceUrl }: NumberSettings): string | null {
  const url = URL.canParse(voiceUrl) ? new URL(voiceUrl) : undefined;
  return url?.pathname === INCOMING_PATH ? url.origin : null;
}
