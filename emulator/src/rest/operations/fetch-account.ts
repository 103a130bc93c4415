import { refuseKeys } from "../authenticate.ts";
import { defineOperation } from "../operation.ts";
import { accountView } from "../views/account-view.ts";

export const fetchAccount = defineOperation({
  name: "FetchAccount",
  method: "GET",
  path: "/{AccountSid}.json",
  parameters: {},
  run: ({ context, asker }) => {
    refuseKeys(asker, "the account");
    return { status: 200, body: accountView(context.engine.world) };
  },
});
