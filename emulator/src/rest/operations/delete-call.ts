import { TwilioError } from "../../engine/engine.ts";
import { isOver } from "../../world/calls.ts";
import { findCall } from "../find.ts";
import { defineOperation } from "../operation.ts";

/** Only a call that is over can be deleted (www.twilio.com/docs/voice/api/call-resource#delete-a-call-resource). */
export const deleteCall = defineOperation({
  name: "DeleteCall",
  method: "DELETE",
  path: "/{AccountSid}/Calls/{Sid}.json",
  parameters: {},
  run: (place) => {
    const call = findCall(place);
    if (!isOver(call)) throw new TwilioError(20009, "Cannot delete this resource before it is complete");
    place.context.engine.world.calls.delete(call.sid);
    return { status: 204, body: null };
  },
});
