import type { ApplicationState, World } from "../../types.ts";
import { rfc2822 } from "./rfc2822.ts";
import { API_VERSION, accountUri } from "./uris.ts";

/** What every application has in common: the emulator has no messages. */
const FIXED = {
  message_status_callback: null,
  sms_fallback_method: "POST",
  sms_fallback_url: null,
  sms_method: "POST",
  sms_status_callback: null,
  sms_url: null,
};

const orNull = (address: string): string | null => (address === "" ? null : address);

/** www.twilio.com/docs/usage/api/applications */
export function applicationView(application: ApplicationState, { account }: World) {
  return {
    ...FIXED,
    sid: application.sid,
    account_sid: account.accountSid,
    friendly_name: application.friendlyName,
    voice_url: orNull(application.voiceUrl),
    voice_method: application.voiceMethod,
    voice_fallback_url: orNull(application.voiceFallbackUrl),
    voice_fallback_method: application.voiceFallbackMethod,
    voice_caller_id_lookup: application.voiceCallerIdLookup,
    public_application_connect_enabled: application.publicApplicationConnectEnabled,
    status_callback: orNull(application.statusCallback),
    status_callback_method: application.statusCallbackMethod,
    date_created: rfc2822(application.dateCreated),
    date_updated: rfc2822(application.dateUpdated),
    api_version: API_VERSION,
    uri: `${accountUri(account.accountSid)}/Applications/${application.sid}.json`,
  };
}
