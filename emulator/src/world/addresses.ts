import type { Addresses, ApplicationOptions, Hook, HttpMethod } from "../types.ts";

/** The given addresses, and none for the others. Twilio requests them with POST by default. */
export function newAddresses(options: Partial<ApplicationOptions>): Addresses {
  return {
    voiceUrl: options.voiceUrl ?? "",
    voiceMethod: options.voiceMethod ?? "POST",
    voiceFallbackUrl: options.voiceFallbackUrl ?? "",
    voiceFallbackMethod: "POST",
    statusCallback: options.statusCallback ?? "",
    statusCallbackMethod: "POST",
  };
}

const hook = (url: string, method: HttpMethod): Hook | null => (url === "" ? null : { url, method });

/** Each address with its method; null where there is none. */
export function hooksOf(addresses: Addresses): Record<"voice" | "fallback" | "statusCallback", Hook | null> {
  return {
    voice: hook(addresses.voiceUrl, addresses.voiceMethod),
    fallback: hook(addresses.voiceFallbackUrl, addresses.voiceFallbackMethod),
    statusCallback: hook(addresses.statusCallback, addresses.statusCallbackMethod),
  };
}
