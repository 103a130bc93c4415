import type { World } from "../../types.ts";
import { rfc2822 } from "./rfc2822.ts";
import { accountUri, subresourceUris } from "./uris.ts";

const SUBRESOURCES = {
  addresses: "Addresses",
  applications: "Applications",
  authorized_connect_apps: "AuthorizedConnectApps",
  available_phone_numbers: "AvailablePhoneNumbers",
  balance: "Balance",
  calls: "Calls",
  conferences: "Conferences",
  connect_apps: "ConnectApps",
  incoming_phone_numbers: "IncomingPhoneNumbers",
  keys: "Keys",
  messages: "Messages",
  notifications: "Notifications",
  outgoing_caller_ids: "OutgoingCallerIds",
  queues: "Queues",
  recordings: "Recordings",
  short_codes: "SMS/ShortCodes",
  signing_keys: "SigningKeys",
  sip: "SIP",
  transcriptions: "Transcriptions",
  usage: "Usage",
};

/** www.twilio.com/docs/iam/api/account */
export function accountView({ account }: World) {
  const uri = accountUri(account.accountSid);
  return {
    sid: account.accountSid,
    owner_account_sid: account.accountSid,
    auth_token: account.authToken,
    friendly_name: account.friendlyName,
    status: "active",
    type: "Full",
    date_created: rfc2822(account.dateCreated),
    date_updated: rfc2822(account.dateCreated),
    uri: `${uri}.json`,
    subresource_uris: subresourceUris(uri, SUBRESOURCES),
  };
}
