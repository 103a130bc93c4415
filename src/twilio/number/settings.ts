import type { NumberSettings } from "../account/account.ts";

/** Every setting of a number that we change or that overrides what we change. */
export const SETTINGS = [
  "voiceUrl",
  "voiceMethod",
  "voiceFallbackUrl",
  "voiceFallbackMethod",
  "statusCallback",
  "statusCallbackMethod",
  "voiceApplicationSid",
  "trunkSid",
  "voiceReceiveMode",
] as const satisfies (keyof NumberSettings)[];

/** True for a whole set of settings, as it comes back from a file. */
export function isNumberSettings(value: unknown): value is NumberSettings {
  const settings = (value ?? {}) as Record<string, unknown>;
  return SETTINGS.every((name) => typeof settings[name] === "string");
}

/** The settings alone, without what else is known of a number. */
export function settingsOf(state: NumberSettings): NumberSettings {
  return Object.fromEntries(SETTINGS.map((name) => [name, state[name]])) as unknown as NumberSettings;
}

/** One setting that is, or is to become, another one. An empty text: nothing is set. */
export interface NumberChange {
  setting: keyof NumberSettings;
  before: string;
  after: string;
}

/** What is different, in a fixed order. */
export function changesBetween(before: NumberSettings, after: NumberSettings): NumberChange[] {
  return SETTINGS.filter((name) => before[name] !== after[name]).map((setting) => ({
    setting,
    before: before[setting],
    after: after[setting],
  }));
}
