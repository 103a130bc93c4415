import type { KeyState } from "../../types.ts";
import { rfc2822 } from "./rfc2822.ts";

/** www.twilio.com/docs/iam/api-keys/key-resource-v2010 */
export function keyView({ sid, friendlyName, dateCreated }: KeyState) {
  const date = rfc2822(dateCreated);
  return { sid, friendly_name: friendlyName, date_created: date, date_updated: date };
}
