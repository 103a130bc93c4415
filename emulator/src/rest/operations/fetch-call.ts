import { findCall } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { callView } from "../views/call-view.ts";

export const fetchCall = defineOperation({
  name: "FetchCall",
  method: "GET",
  path: "/{AccountSid}/Calls/{Sid}.json",
  parameters: {},
  run: (place) => ({ status: 200, body: callView(findCall(place), place.context.engine.world) }),
});
