import type { CallState, World } from "../../types.ts";
import { isOver, secondsOf } from "../../world/calls.ts";
import { rfc2822 } from "./rfc2822.ts";
import { API_VERSION, accountUri, subresourceUris } from "./uris.ts";

const SUBRESOURCES = {
  events: "Events",
  notifications: "Notifications",
  payments: "Payments",
  recordings: "Recordings",
  siprec: "Siprec",
  streams: "Streams",
  transcriptions: "Transcriptions",
  user_defined_message_subscriptions: "UserDefinedMessageSubscriptions",
  user_defined_messages: "UserDefinedMessages",
};

/** `+13051416799` is shown as `(305) 141-6799`; other addresses stay as they are. */
function formatted(address: string): string {
  return address.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}

/** www.twilio.com/docs/voice/api/call-resource#call-properties; what the emulator has no notion of is null. */
export function callView(call: CallState, { account }: World) {
  const uri = `${accountUri(account.accountSid)}/Calls/${call.sid}`;
  // Real answers have null in a call that begins, and "" in one that has ended.
  const unknown = isOver(call) ? "" : null;
  return {
    sid: call.sid,
    account_sid: account.accountSid,
    parent_call_sid: call.parentCallSid,
    phone_number_sid: call.phoneNumberSid,
    from: call.from,
    from_formatted: formatted(call.from),
    to: call.to,
    to_formatted: formatted(call.to),
    direction: call.direction,
    status: call.status,
    date_created: rfc2822(call.dateCreated),
    date_updated: rfc2822(call.dateUpdated),
    start_time: rfc2822(call.startTime),
    end_time: rfc2822(call.endTime),
    duration: call.endTime === null ? null : String(secondsOf(call, call.endTime)),
    queue_time: String(call.queueTime),
    api_version: API_VERSION,
    answered_by: call.answeredBy,
    caller_name: unknown,
    forwarded_from: null,
    group_sid: null,
    price: null,
    price_unit: "USD",
    trunk_sid: unknown,
    uri: `${uri}.json`,
    subresource_uris: subresourceUris(uri, SUBRESOURCES),
  };
}

/** What CreateCall answers: real answers have no date yet. */
export function createdCallView(call: CallState, world: World) {
  return { ...callView(call, world), date_created: null, date_updated: null };
}
