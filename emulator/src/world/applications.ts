import type { ApplicationOptions, ApplicationState } from "../types.ts";
import { newAddresses } from "./addresses.ts";
import { newSid } from "./sids.ts";

/** @param now milliseconds since 1970 */
export function newApplication(options: Partial<ApplicationOptions>, now: number): ApplicationState {
  return {
    sid: options.sid ?? newSid("AP"),
    friendlyName: options.friendlyName ?? "",
    ...newAddresses(options),
    voiceCallerIdLookup: false,
    publicApplicationConnectEnabled: false,
    dateCreated: now,
    dateUpdated: now,
  };
}
