import { refuseKeys } from "../authenticate.ts";
import { findKey } from "../find.ts";
import { defineOperation } from "../operation.ts";

/** From now on the key opens nothing, and no access token that it signed is accepted. */
export const deleteKey = defineOperation({
  name: "DeleteKey",
  method: "DELETE",
  path: "/{AccountSid}/Keys/{Sid}.json",
  parameters: {},
  run: (place) => {
    refuseKeys(place.asker, "the account's keys");
    place.context.engine.world.keys.delete(findKey(place).sid);
    return { status: 204, body: null };
  },
});
