import type { NumberLook } from "../../compose/number/look.ts";

/** Where Twilio points a new number: a spoken welcome. */
export const isDemo = (voiceUrl: string): boolean => /^https?:\/\/demo\.twilio\.com\//.test(voiceUrl);

/** True when a number may change without asking: it points nowhere, or where an earlier start of ours left it. */
export function isFree(voiceUrl: string, backup: NumberLook["backup"]): boolean {
  if (voiceUrl === "" || isDemo(voiceUrl)) return true;
  const known = backup ? [backup.original, ...backup.ours] : [];
  return known.some((settings) => settings.voiceUrl === voiceUrl);
}
