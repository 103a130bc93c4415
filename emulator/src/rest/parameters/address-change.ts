import type { Addresses, ApplicationState } from "../../types.ts";
import type { Parsed } from "../operation.ts";
import { words } from "../words.ts";
import { boolean, httpMethod, textUpTo } from "./parsers.ts";
import { url } from "./url.ts";

const address = url({ orEmpty: true });
const method = httpMethod();

const sharedParameters = {
  FriendlyName: textUpTo(64),
  VoiceUrl: address,
  VoiceMethod: method,
  VoiceFallbackUrl: address,
  VoiceFallbackMethod: method,
  VoiceCallerIdLookup: boolean,
  StatusCallback: address,
  StatusCallbackMethod: method,
};

/** The common parameters of CreateApplication and UpdateApplication. */
export const applicationParameters = { ...sharedParameters, PublicApplicationConnectEnabled: boolean };

export const unsupportedOfApplications = words(`
  ApiVersion MessageStatusCallback SmsFallbackMethod SmsFallbackUrl SmsMethod SmsStatusCallback SmsUrl
`);

/** What was sent of the settings; the others stay. */
export function withoutUndefined<T extends object>(change: Record<string, unknown>): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}

type Shared = Addresses & Pick<ApplicationState, "friendlyName" | "voiceCallerIdLookup">;

/** The settings that were sent, of those that numbers and applications share. */
export function addressChange(sent: Parsed<typeof sharedParameters>): Partial<Shared> {
  return withoutUndefined<Shared>({
    friendlyName: sent.FriendlyName,
    voiceUrl: sent.VoiceUrl,
    voiceMethod: sent.VoiceMethod,
    voiceFallbackUrl: sent.VoiceFallbackUrl,
    voiceFallbackMethod: sent.VoiceFallbackMethod,
    voiceCallerIdLookup: sent.VoiceCallerIdLookup,
    statusCallback: sent.StatusCallback,
    statusCallbackMethod: sent.StatusCallbackMethod,
  });
}

export function applicationChange(sent: Parsed<typeof applicationParameters>): Partial<ApplicationState> {
  const { PublicApplicationConnectEnabled: publicApplicationConnectEnabled } = sent;
  return {
    ...addressChange(sent),
    ...withoutUndefined<ApplicationState>({ publicApplicationConnectEnabled }),
  };
}
