import { refuseKeys } from "../authenticate.ts";
import { defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { keyView } from "../views/key-view.ts";

export const listKeys = defineOperation({
  name: "ListKey",
  method: "GET",
  path: "/{AccountSid}/Keys.json",
  parameters: pageParameters,
  run: ({ context, asker, parameters, fields, uri }) => {
    refuseKeys(asker, "the account's keys");
    return pageOf({
      key: "keys",
      all: [...context.engine.world.keys.values()].reverse(),
      wanted: () => true,
      sidOf: (key) => key.sid,
      show: keyView,
      parameters,
      fields,
      uri,
    });
  },
});
