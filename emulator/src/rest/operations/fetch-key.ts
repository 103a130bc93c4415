import { refuseKeys } from "../authenticate.ts";
import { findKey } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { keyView } from "../views/key-view.ts";

export const fetchKey = defineOperation({
  name: "FetchKey",
  method: "GET",
  path: "/{AccountSid}/Keys/{Sid}.json",
  parameters: {},
  run: (place) => {
    refuseKeys(place.asker, "the account's keys");
    return { status: 200, body: keyView(findKey(place)) };
  },
});
