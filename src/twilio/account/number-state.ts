import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { NumberState } from "./account.ts";

/** Twilio may omit fields or send null, whatever the library's types say. */
type Shown = { [K in keyof IncomingPhoneNumberInstance]: IncomingPhoneNumberInstance[K] | null | undefined };

const method = (shown: string | null | undefined): "GET" | "POST" => (shown === "GET" ? "GET" : "POST");

export function takesVoice(number: IncomingPhoneNumberInstance): boolean {
  return (number as Shown).capabilities?.voice === true;
}

/** A missing field gets Twilio's default. */
export function numberState(shown: Shown): NumberState {
  return {
    sid: shown.sid ?? "",
    phoneNumber: shown.phoneNumber ?? "",
    friendlyName: shown.friendlyName ?? "",
    voiceUrl: shown.voiceUrl ?? "",
    voiceMethod: method(shown.voiceMethod),
    voiceFallbackUrl: shown.voiceFallbackUrl ?? "",
    voiceFallbackMethod: method(shown.voiceFallbackMethod),
    statusCallback: shown.statusCallback ?? "",
    statusCallbackMethod: method(shown.statusCallbackMethod),
    voiceApplicationSid: shown.voiceApplicationSid ?? "",
    trunkSid: shown.trunkSid ?? "",
    voiceReceiveMode: shown.voiceReceiveMode === "fax" ? "fax" : "voice",
  };
}
