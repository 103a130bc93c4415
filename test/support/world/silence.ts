import type { Emulator } from "local-twilio";

/** True if a call is up and hears neither people nor sound from Twilio. */
export function isInSilence({ engine }: Pick<Emulator, "engine">, callSid: string): boolean {
  if (engine.world.calls.get(callSid)?.status !== "in-progress") return false;
  return (engine.hearing().get(callSid)?.size ?? 0) === 0 && engine.hearsSound(callSid) === "silence";
}
