import type { PhoneNumberState, World } from "../../types.ts";
import { rfc2822 } from "./rfc2822.ts";
import { API_VERSION, accountUri } from "./uris.ts";

/** What every number of the emulator has in common: it takes voice calls only. */
const FIXED = {
  address_requirements: "none",
  address_sid: null,
  beta: false,
  bundle_sid: null,
  capabilities: { voice: true, sms: false, mms: false, fax: false },
  emergency_address_sid: null,
  emergency_address_status: "unregistered",
  emergency_status: "Inactive",
  identity_sid: null,
  origin: "twilio",
  sms_application_sid: "",
  sms_fallback_method: "POST",
  sms_fallback_url: "",
  sms_method: "POST",
  sms_url: "",
  status: "in-use",
  type: "local",
};

/** www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export function numberView(number: PhoneNumberState, { account }: World) {
  return {
    ...FIXED,
    sid: number.sid,
    account_sid: account.accountSid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    voice_url: number.voiceUrl,
    voice_method: number.voiceMethod,
    voice_fallback_url: number.voiceFallbackUrl,
    voice_fallback_method: number.voiceFallbackMethod,
    voice_application_sid: number.voiceApplicationSid,
    voice_caller_id_lookup: number.voiceCallerIdLookup,
    voice_receive_mode: number.voiceReceiveMode,
    status_callback: number.statusCallback,
    status_callback_method: number.statusCallbackMethod,
    trunk_sid: number.trunkSid === "" ? null : number.trunkSid,
    date_created: rfc2822(number.dateCreated),
    date_updated: rfc2822(number.dateUpdated),
    api_version: API_VERSION,
    uri: `${accountUri(account.accountSid)}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
