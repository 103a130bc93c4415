import { findNumber } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { numberView } from "../views/number-view.ts";

export const fetchNumber = defineOperation({
  name: "FetchIncomingPhoneNumber",
  method: "GET",
  path: "/{AccountSid}/IncomingPhoneNumbers/{Sid}.json",
  parameters: {},
  run: (place) => ({ status: 200, body: numberView(findNumber(place), place.context.engine.world) }),
});
