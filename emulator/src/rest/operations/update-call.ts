import type { CallChange } from "../../engine/engine.ts";
import type { CallState } from "../../types.ts";
import { findCall } from "../find.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { httpMethod, integer, oneOf, textUpTo } from "../parameters/parsers.ts";
import { callStatusCallback, statusCallbackParameters } from "../parameters/status-callback.ts";
import { hookOf, url } from "../parameters/url.ts";
import { callView } from "../views/call-view.ts";

const parameters = {
  Status: oneOf("canceled", "completed"),
  Url: url(),
  Method: httpMethod(),
  Twiml: textUpTo(4000),
  FallbackUrl: url({ orEmpty: true }),
  FallbackMethod: httpMethod(),
  ...statusCallbackParameters,
  TimeLimit: integer(1, 86_400),
};

function changeOf(sent: Parsed<typeof parameters>, call: CallState): CallChange {
  const voice = hookOf(sent.Url, sent.Method, "POST");
  const fallback = hookOf(sent.FallbackUrl, sent.FallbackMethod, "POST");
  const events = call.statusCallback?.events;
  return {
    ...(sent.Status && { status: sent.Status }),
    ...(voice && { voice }),
    ...(sent.Twiml && !voice && { twiml: sent.Twiml }),
    ...(fallback && { fallback }),
    ...(sent.StatusCallback !== undefined && {
      statusCallback: callStatusCallback(sent.StatusCallback, sent.StatusCallbackMethod, events),
    }),
    ...(sent.TimeLimit !== undefined && { timeLimit: sent.TimeLimit }),
  };
}

/** www.twilio.com/docs/voice/api/call-resource#update-a-call-resource; a call that has ended: 21220. */
export const updateCall = defineOperation({
  name: "UpdateCall",
  method: "POST",
  path: "/{AccountSid}/Calls/{Sid}.json",
  parameters,
  run: (place) => {
    const call = findCall(place);
    const { engine } = place.context;
    engine.updateCall(call, changeOf(place.parameters, call));
    return { status: 200, body: callView(call, engine.world) };
  },
});
