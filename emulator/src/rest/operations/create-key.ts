import { randomBytes } from "node:crypto";
import { newSid } from "../../world/sids.ts";
import { refuseKeys } from "../authenticate.ts";
import { defineOperation } from "../operation.ts";
import { textUpTo } from "../parameters/parsers.ts";
import { keyView } from "../views/key-view.ts";

const SECRET_LENGTH = 32;
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function newSecret(): string {
  return Array.from(randomBytes(SECRET_LENGTH), (byte) => BASE62[byte % BASE62.length]).join("");
}

/** Makes a Standard key. Its secret is in this answer and in no other. */
export const createKey = defineOperation({
  name: "CreateNewKey",
  method: "POST",
  path: "/{AccountSid}/Keys.json",
  parameters: { FriendlyName: textUpTo(64) },
  run: ({ context, asker, parameters }) => {
    refuseKeys(asker, "the account's keys");
    const key = {
      sid: newSid("SK"),
      friendlyName: parameters.FriendlyName ?? "",
      secret: newSecret(),
      dateCreated: context.clock.now(),
    };
    context.engine.world.keys.set(key.sid, key);
    return { status: 201, body: { ...keyView(key), secret: key.secret } };
  },
});
