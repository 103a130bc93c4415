import type { Device } from "@twilio/voice-sdk";

const DTMF = ["dtmf0", "dtmf1", "dtmf2", "dtmf3", "dtmf4", "dtmf5", "dtmf6", "dtmf7", "dtmf8", "dtmf9"];

/**
 * All sounds come from this server: the SDK would fetch its own from sdk.twilio.com, and tells of an incoming
 * call 2 s late when a sound cannot be loaded.
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

/**
 * The options of www.twilio.com/docs/voice/sdks/javascript/twiliodevice, and `publishEvents`, which is not
 * described there. `ttl` is the token's life in seconds; `local` is true when no Twilio shall hear of us.
 */
export function deviceOptions(ttl: number, local: boolean): Device.Options & { publishEvents: boolean } {
  return {
    sounds: localSounds(),
    publishEvents: !local,
    // Well before the end, but never at once: a short-lived token would be renewed in a circle.
    tokenRefreshMs: Math.min(60_000, ttl * 250),
    // Without it a call does not survive the loss of the signalling connection.
    maxCallSignalingTimeoutMs: 30_000,
    allowIncomingWhileBusy: false,
    closeProtection: false,
    logLevel: "silent",
  };
}
