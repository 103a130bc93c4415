import type { StreamState } from "../../world/stream-state.ts";
import type { RestContext } from "../operation.ts";
import { rfc2822 } from "./rfc2822.ts";
import { accountUri } from "./uris.ts";

/** www.twilio.com/docs/voice/api/stream-resource#stream-properties */
export function streamView(
  { sid, callSid, name, status, dateUpdated }: StreamState,
  { engine }: RestContext,
) {
  const { accountSid } = engine.world.account;
  return {
    sid,
    account_sid: accountSid,
    call_sid: callSid,
    name,
    status,
    date_updated: rfc2822(dateUpdated),
    uri: `${accountUri(accountSid)}/Calls/${callSid}/Streams/${sid}.json`,
  };
}
