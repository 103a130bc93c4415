import type { ApplicationOptions, ApplicationState } from "../types.ts";
import { newSid } from "./sids.ts";

/** @param now milliseconds since 1970 */
export function newApplication(options: Partial<ApplicationOptions>, now: number): ApplicationState {
  return {
    sid: options.sid ?? newSid("AP"),
    friendlyName: options.friendlyName ?? "",
    voiceUrl: options.voiceUrl ?? "",
    voiceMethod: options.voiceMethod ?? "POST",
    voiceFallbackUrl: options.voiceFallbackUrl ?? "",
    voiceFallbackMethod: "POST",
    statusCallback: options.statusCallback ?? "",
    statusCallbackMethod: "POST",
    voiceCallerIdLookup: false,
    dateCreated: now,
    dateUpdated: now,
  };
}
