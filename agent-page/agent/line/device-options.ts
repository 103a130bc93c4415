import type { Device } from "@twilio/voice-sdk";
import type { TokenAnswer } from "../../../src/server/control-api.ts";
import { PageSound } from "./page-sound.ts";

const DTMF = ["dtmf0", "dtmf1", "dtmf2", "dtmf3", "dtmf4", "dtmf5", "dtmf6", "dtmf7", "dtmf8", "dtmf9"];

/**
 * All sounds come from this server: the SDK would fetch its own from sdk.twilio.com.
 */
function localSounds(): Record<string, string> {
  const sound = (name: string): string => new URL(`./sounds/${name}.wav`, document.baseURI).href;
  const keys = [...DTMF, "dtmfs", "dtmfh"].map((key) => [key, sound("key")] as const);
  return {
    ...Object.fromEntries(keys),
    incoming: sound("ring"),
    outgoing: sound("key"),
    disconnect: sound("end"),
  };
}

type ExtendedOptions = Device.Options & { publishEvents: boolean; Sound: typeof PageSound };

/**
 * The options of www.twilio.com/docs/voice/sdks/javascript/twiliodevice, and two that it does not describe:
 * `publishEvents` and `Sound`. With a local Twilio no events go to Twilio's insights.
 */
export function deviceOptions({ ttl, edge }: TokenAnswer, isLocal: boolean): ExtendedOptions {
  return {
    ...(edge === null ? {} : { edge }),
    sounds: localSounds(),
    Sound: PageSound,
    publishEvents: !isLocal,
    // So early that a server may be away for a while, but never at once: a short-lived token would be renewed in a circle.
    tokenRefreshMs: Math.min(300_000, ttl * 250),
    // Without it a call does not survive the loss of the signalling connection.
    maxCallSignalingTimeoutMs: 30_000,
    // Without it 31202 and other refusals arrive as 53000, which names no cause.
    enableImprovedSignalingErrorPrecision: true,
    allowIncomingWhileBusy: false,
    closeProtection: false,
    logLevel: "silent",
  };
}
