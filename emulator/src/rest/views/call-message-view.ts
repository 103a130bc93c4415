import type { MessageState } from "../../world/message-state.ts";
import type { RestContext } from "../operation.ts";
import { rfc2822 } from "./rfc2822.ts";
import { accountUri } from "./uris.ts";

/** www.twilio.com/docs/voice/api/userdefinedmessage-resource#userdefinedmessages-properties */
export function messageView({ sid, callSid, dateCreated }: MessageState, { engine }: RestContext) {
  const { accountSid } = engine.world.account;
  return { account_sid: accountSid, call_sid: callSid, sid, date_created: rfc2822(dateCreated) };
}

/** www.twilio.com/docs/voice/api/userdefinedmessagesubscription-resource#userdefinedmessagesubscription-properties */
export function subscriptionView(subscription: MessageState, context: RestContext) {
  const view = messageView(subscription, context);
  const call = `${accountUri(view.account_sid)}/Calls/${view.call_sid}`;
  return { ...view, uri: `${call}/UserDefinedMessageSubscriptions/${view.sid}.json` };
}
