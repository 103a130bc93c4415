import type { NumberLook } from "../../compose/number/look.ts";

/** Where Twilio points a new number: a spoken welcome. */
export const isTwilioDemo = (voiceUrl: string): boolean => /^https?:\/\/demo\.twilio\.com\//.test(voiceUrl);

/** True when a number may change without asking: it points nowhere, or where an earlier start of ours left it. */
export function needsNoConfirmation(voiceUrl: string, backup: NumberLook["backup"]): boolean {
  if (voiceUrl === "" || isTwilioDemo(voiceUrl)) return true;
  const known = backup ? [backup.original, ...backup.ours] : [];
  return known.some((settings) => settings.voiceUrl === voiceUrl);
}

/** Without the fragment, which sets how Twilio retries. */
export function withoutRetrySettings(url: string): string {
  return url.replace(/#.*$/, "");
}
