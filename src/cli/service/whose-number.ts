import type { NumberLook } from "../../compose/number.ts";

/** Where Twilio points a new number: a welcome by a voice of its own. */
const DEMO = /^https?:\/\/demo\.twilio\.com\//;

/** True when a number may be taken without asking: it leads nowhere, or where an earlier start of ours has left it. */
export function isFree(voiceUrl: string, backup: NumberLook["backup"]): boolean {
  if (voiceUrl === "" || DEMO.test(voiceUrl)) return true;
  const known = backup ? [backup.original, ...backup.ours] : [];
  return known.some((settings) => settings.voiceUrl === voiceUrl);
}
