import type Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import type { Account, NumberSettings } from "./account.ts";
import { asked } from "./errors.ts";
import { numberState, takesVoice } from "./number-state.ts";

const PAGE_SIZE = 1000;

/** @param hint for refused credentials */
export function createNumbers(
  client: Twilio,
  hint: string,
): Pick<Account, "voiceNumbers" | "number" | "updateNumber"> {
  return {
    async voiceNumbers() {
      const all = await asked(() => client.incomingPhoneNumbers.list({ pageSize: PAGE_SIZE }), hint);
      return all.filter(takesVoice).map(numberState);
    },
    async number(e164) {
      // Twilio's filter also matches numbers that contain this one.
      const found = await asked(() => client.incomingPhoneNumbers.list({ phoneNumber: e164 }), hint);
      const number = found.find(({ phoneNumber }) => phoneNumber === e164);
      if (number && takesVoice(number)) return numberState(number);
      throw new AppError(
        "not-found",
        number ? "This number takes no voice calls." : "The account does not own this number.",
        { hint: "Choose one of the account's voice numbers. `warm-transfer init` lists them." },
      );
    },
    async updateNumber(sid: string, change: Partial<NumberSettings>) {
      return numberState(await asked(() => client.incomingPhoneNumbers(sid).update(change), hint));
    },
  };
}
