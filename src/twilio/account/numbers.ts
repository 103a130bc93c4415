import type Twilio from "twilio/lib/rest/Twilio.js";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import { AppError } from "../../errors.ts";
import { requestWithHint } from "../rest/errors.ts";
import type { Account, NumberSettings, NumberState } from "./account.ts";

/** Twilio may omit fields or send null, whatever the library's types say. */
type Shown = { [K in keyof IncomingPhoneNumberInstance]: IncomingPhoneNumberInstance[K] | null | undefined };

const method = (shown: string | null | undefined): "GET" | "POST" => (shown === "GET" ? "GET" : "POST");

function takesVoice(number: IncomingPhoneNumberInstance): boolean {
  return (number as Shown).capabilities?.voice === true;
}

/** A missing field gets Twilio's default. */
function numberState(shown: Shown): NumberState {
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

const PAGE_SIZE = 1000;

/** @param hint for refused credentials */
export function createNumbers(
  client: Twilio,
  hint: string,
): Pick<Account, "voiceNumbers" | "number" | "updateNumber"> {
  return {
    async voiceNumbers() {
      const all = await requestWithHint(
        () => client.incomingPhoneNumbers.list({ pageSize: PAGE_SIZE }),
        hint,
      );
      return all.filter(takesVoice).map(numberState);
    },
    async number(e164) {
      // Twilio's filter also matches numbers that contain this one.
      const found = await requestWithHint(
        () => client.incomingPhoneNumbers.list({ phoneNumber: e164 }),
        hint,
      );
      const number = found.find(({ phoneNumber }) => phoneNumber === e164);
      if (number && takesVoice(number)) return numberState(number);
      throw new AppError(
        "not-found",
        number ? "This number takes no voice calls." : "The account does not own this number.",
        { hint: "Choose one of the account's voice numbers. `warm-transfer init` lists them." },
      );
    },
    async updateNumber(sid: string, change: Partial<NumberSettings>) {
      return numberState(await requestWithHint(() => client.incomingPhoneNumbers(sid).update(change), hint));
    },
  };
}
