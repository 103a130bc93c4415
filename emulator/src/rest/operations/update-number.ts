import { words } from "../words.ts";
import { type NumberChange, TwilioError } from "../../engine/engine.ts";
import type { PhoneNumberState } from "../../types.ts";
import { findNumber } from "../find.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { addressChange, withoutUndefined } from "../parameters/address-change.ts";
import { boolean, httpMethod, oneOf, sid, textUpTo } from "../parameters/parsers.ts";
import { url } from "../parameters/url.ts";
import { numberView } from "../views/number-view.ts";

const address = url({ orEmpty: true, code: 21402 });
const method = httpMethod(21403);

const parameters = {
  FriendlyName: textUpTo(64),
  VoiceUrl: address,
  VoiceMethod: method,
  VoiceFallbackUrl: address,
  VoiceFallbackMethod: method,
  StatusCallback: address,
  StatusCallbackMethod: method,
  VoiceApplicationSid: sid("AP", { orEmpty: true, code: 21218 }),
  TrunkSid: sid("TK", { orEmpty: true }),
  VoiceReceiveMode: oneOf("voice", "fax"),
  VoiceCallerIdLookup: boolean,
};

function changeOf(sent: Parsed<typeof parameters>): NumberChange {
  const own = withoutUndefined<NumberChange>({
    // Setting one of trunk and application takes the other away.
    voiceApplicationSid: sent.TrunkSid ? "" : sent.VoiceApplicationSid,
    trunkSid: sent.VoiceApplicationSid && !sent.TrunkSid ? "" : sent.TrunkSid,
    voiceReceiveMode: sent.VoiceReceiveMode,
  });
  return { ...addressChange(sent), ...own };
}

function checkFallback({ voiceUrl, voiceFallbackUrl }: PhoneNumberState): void {
  if (voiceFallbackUrl !== "" && voiceUrl === "")
    throw new TwilioError(21405, "Cannot set VoiceFallbackUrl without setting Url");
}

/** www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#update-an-incomingphonenumber-resource */
export const updateNumber = defineOperation({
  name: "UpdateIncomingPhoneNumber",
  method: "POST",
  path: "/{AccountSid}/IncomingPhoneNumbers/{Sid}.json",
  parameters,
  unsupported: words(`
    AccountSid AddressSid ApiVersion BundleSid EmergencyAddressSid EmergencyStatus IdentitySid
    SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl
  `),
  run: (place) => {
    const number = findNumber(place);
    const change = changeOf(place.parameters);
    checkFallback({ ...number, ...change });
    Object.assign(number, change, { dateUpdated: place.context.clock.now() });
    return { status: 200, body: numberView(number, place.context.engine.world) };
  },
});
